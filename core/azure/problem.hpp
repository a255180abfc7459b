// An error in the words of Azure or of azrestored, with the ids of the response that reported it. Pure.
#pragma once

#include <string>
#include <vector>

namespace azrestored {

/// The response that an event was read from, for the history.
struct ResponseIds {
  int http_status = 0;
  std::string request_id;
  std::string correlation_id;
};

/// An error, with the ids that Microsoft's support asks for.
struct Problem {
  std::string code;
  std::string message;
  int http_status = 0;  // 0 if there was no response
  std::string request_id;
  std::string correlation_id;
  std::vector<std::string> recommendations;

  /// "UserErrorX: message"
  [[nodiscard]] std::string text() const;
};

/// A problem that azrestored reports, without a response of Azure.
Problem internal_problem(std::string code, std::string sentence);

}  // namespace azrestored
