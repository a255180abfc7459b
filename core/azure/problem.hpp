// What went wrong, as the service or we worded it, and the ids of the answer that said so. Pure.
#pragma once

#include <string>
#include <vector>

namespace azrestored {

/// The answer an event was read from, for the history.
struct AnswerTrace {
  int http_status = 0;
  std::string request_id;
  std::string correlation_id;
};

/// An error as the service (or we) worded it, with what support asks for.
struct Problem {
  std::string code;
  std::string message;
  int http_status = 0;  // 0 when there was no answer
  std::string request_id;
  std::string correlation_id;
  std::vector<std::string> recommendations;

  /// "UserErrorX: message"
  [[nodiscard]] std::string text() const;
};

/// A problem in our own words, with no answer of Azure's behind it.
Problem our_problem(std::string code, std::string sentence);

}  // namespace azrestored
