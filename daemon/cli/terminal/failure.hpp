// Why a command cannot give what was asked for: a code for scripts and a sentence for people, as on the control socket.
// azrestorectl adds two codes of its own: "unreachable" (no daemon answers) and "usage".
#pragma once

#include <boost/system/result.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace azrestored::cli {

class Failure {
 public:
  Failure() = default;
  Failure(std::string code, std::string message) : code_(std::move(code)), message_(std::move(message)) {}

  [[nodiscard]] const std::string& code() const { return code_; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  std::string code_;
  std::string message_;
};

[[noreturn]] inline void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
  throw std::runtime_error(failure.message());
}

/// What the daemon, or the database in its place, answers to a request.
using Answer = boost::system::result<nlohmann::json, Failure>;

}  // namespace azrestored::cli
