// Requests to azrestored over its control socket, one at a time; each waits for its response. Distinguishes a daemon
// that does not run from one that refuses. The protocol is in daemon/control/protocol.hpp.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/base/instant.hpp"
#include "daemon/cli/terminal/failure.hpp"
#include "daemon/control/protocol.hpp"

namespace azrestored::cli {

/// Timeout of most requests: more than the daemon needs without Azure, or with one request to Azure.
inline constexpr std::chrono::seconds default_timeout{60};
/// Timeout of lists from Azure and dry runs: the daemon ends these after at most two minutes.
inline constexpr std::chrono::seconds long_patience{180};

class Client {
 public:
  explicit Client(std::string socket_path);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// The body of the response, or its error. "unreachable" if there is no response: nothing listens on the socket, the
  /// connection was lost, or nothing arrived within `patience`.
  Answer get(const ControlTarget& target, std::chrono::seconds patience = default_timeout);
  Answer post(const ControlTarget& target, std::string body = "", std::chrono::seconds patience = default_timeout);

  /// The daemon's time, to which the times in its responses refer (Azrestored-Time, daemon/control/protocol.hpp). The
  /// machine's clock plus the difference in the last response; the machine's clock if no response had that header.
  [[nodiscard]] Instant now() const;

  /// True if nothing listened at the last request: no socket, or the socket file of a daemon that has ended.
  [[nodiscard]] bool nobody_listens() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace azrestored::cli
