// Why a command has no result: a code for scripts and a sentence for people, as on the control socket.
// azrestorectl adds two codes: "unreachable" (no daemon responds) and "usage".
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

/// Response to a request, from the daemon or, if it does not run, from the database.
using Answer = boost::system::result<nlohmann::json, Failure>;

}  // namespace azrestored::cli
