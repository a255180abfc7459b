// Requests to azrestored over its control socket, one after the other, each waiting for its answer.
// Knows how to tell a daemon that is not there from one that refuses; the protocol is in daemon/control/protocol.hpp.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/base/instant.hpp"
#include "daemon/cli/terminal/failure.hpp"
#include "daemon/control/protocol.hpp"

namespace azrestored::cli {

/// Longer than the daemon takes for anything that it can tell by itself, or with one request to Azure.
inline constexpr std::chrono::seconds usual_patience{60};
/// For lists of Azure's and dry runs: these take two minutes at most, and some time to end.
inline constexpr std::chrono::seconds long_patience{180};

class Client {
 public:
  explicit Client(std::string socket_path);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// The answer's body, or the error that it carries. "unreachable" when nobody answers: nobody listens, or the daemon
  /// went away or says nothing for a minute (`patience`, where Azure has to be asked first).
  Answer get(const ControlTarget& target, std::chrono::seconds patience = usual_patience);
  Answer post(const ControlTarget& target, std::string body = "", std::chrono::seconds patience = usual_patience);

  /// The daemon's time, by which the times in its answers are to be read (Azrestored-Time, daemon/control/protocol.hpp):
  /// as of the last answer, and gone on since with the machine's clock, which is all there is when the daemon gives none.
  [[nodiscard]] Instant now() const;

  /// True when the last request met nobody at all: no socket, or one that a dead daemon left behind.
  [[nodiscard]] bool nobody_listens() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace azrestored::cli
