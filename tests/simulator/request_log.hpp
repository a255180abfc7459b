// The log file: one JSON object per line and request, flushed immediately, so that a test can read it while the
// simulator runs.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

#include "front.hpp"
#include "http_message.hpp"

namespace azsim {

class RequestLog {
 public:
  /// An empty path logs nothing. Throws std::runtime_error when the file cannot be opened.
  explicit RequestLog(const std::string& path);
  /// `status` 0: no complete response was sent.
  void write(const Request& request, const Answer& answer, unsigned status, Instant started, Instant ended);

 private:
  std::ofstream file_;
  std::uint64_t number_ = 0;
};

}  // namespace azsim
