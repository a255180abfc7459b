// The control socket's server: HTTP/1.1 over a Unix socket, on the daemon's one io_context. It reads requests only from
// root and the daemon's own user. Its other limits for clients are those of daemon/http_server/http_server.hpp. The
// protocol is in daemon/control/protocol.hpp, the responses in routes.hpp. Everything here runs on the io_context's
// thread.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/store/job_store.hpp"
#include "daemon/control/routes.hpp"

namespace azrestored {

/// Root and the user this process runs as.
bool is_root_or_self(uid_t uid);

class ControlServer {
 public:
  struct Options {
    std::string path;  // of the socket
    int max_connections = 64;
    /// For a whole request to arrive, idle time included, and for the client to read the response.
    Millis deadline = std::chrono::seconds(30);
    std::function<bool(uid_t)> may_speak = is_root_or_self;
  };

  /// The sources of the responses. The references outlive the server and the io_context's last run.
  struct Sources {
    JobStore& store;
    ControlBackend& backend;
    const Clock& clock;  // as for ControlRoutes
  };

  ControlServer(asio::io_context& context, const Sources& sources, const Options& options);
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;
  ~ControlServer();

  /// Listens and begins to serve. Fails as ControlSocket::listen() does, and then serves nothing.
  Result<void> start();

  /// Stops listening, removes the socket file and closes every connection. Responses in progress are dropped, but a
  /// command that has begun is completed. Their coroutines end later on the io_context.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace azrestored
