// The log file: one JSON object a line for every request, flushed at once, so that a test may read it while we run.
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
  /// `status` 0: nothing that could be called an answer was sent.
  void write(const Request& request, const Answer& answer, unsigned status, Instant started, Instant ended);

 private:
  std::ofstream file_;
  std::uint64_t number_ = 0;
};

}  // namespace azsim
