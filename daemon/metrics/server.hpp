// Serves the metrics over TCP, for a Prometheus that cannot use the control socket: only GET and HEAD of /metrics. It
// has neither TLS nor a sign-in, so it listens on loopback addresses only, unless metrics.public allows others.
// HttpServer limits what slow, idle and hostile clients can use.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "daemon/http_server/content.hpp"
#include "daemon/http_server/http_server.hpp"

namespace azrestored {

class MetricsServer {
 public:
  /// Returns the text of the metrics in the format that an Accept header asks for.
  using Text = std::function<boost::asio::awaitable<Result<MetricsText>>(std::string accept)>;

  MetricsServer(boost::asio::io_context& context, Text text);

  /// Serves at `address` (config/listen_address.hpp; port 0: a free port) and stops serving at an earlier one; "" only
  /// stops. Logs the address. Errors: `conflict` if another program listens there, `refused` if this machine has no
  /// such address. After an error nothing has changed.
  Result<void> listen(const std::string& address);

  void stop() { server_.reset(); }

  /// The port on which it listens; 0 if it does not.
  [[nodiscard]] int port() const { return server_ ? port_ : 0; }

 private:
  boost::asio::io_context& context_;
  const std::shared_ptr<HttpHandler> site_;
  std::unique_ptr<HttpServer> server_;
  int port_ = 0;
};

}  // namespace azrestored
