// Requests to azrestored over its control socket, one after the other, each waiting for its answer.
// Knows how to tell a daemon that is not there from one that refuses; the protocol is in daemon/control_protocol.hpp.
#pragma once

#include <memory>
#include <string>

#include "daemon/cli/failure.hpp"
#include "daemon/control_protocol.hpp"

namespace azrestored::cli {

class Client {
 public:
  explicit Client(std::string socket_path);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// The answer's body, or the error that it carries. "unreachable" when nobody answers: nobody listens, or the daemon
  /// went away or says nothing for a minute.
  Answer get(const ControlTarget& target);
  Answer post(const ControlTarget& target);

  /// True when the last request met nobody at all: no socket, or one that a dead daemon left behind.
  [[nodiscard]] bool nobody_listens() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace azrestored::cli
