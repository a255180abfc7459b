// The body of an answer as JSON. Answers are foreign input: their size is bounded by the transport, their depth here.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// No answer of the service's comes near it. JSON is copied, compared and printed by recursion, so whoever could choose
/// its depth could end the daemon.
inline constexpr int deepest_answer = 100;

/// More of {} and [] within each other than `deepest`, texts apart; of what is no JSON, any answer will do.
inline bool is_nested_deeper(std::string_view text, int deepest) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') in_text = !in_text;
    if (in_text && c == '\\') ++at;
    if (in_text) continue;
    if ((c == '{' || c == '[') && ++depth > deepest) return true;
    if (c == '}' || c == ']') --depth;
  }
  return false;
}

/// The body as JSON; `transient` when it is none, or too deep to be an answer.
inline Result<nlohmann::json> body_of(const HttpResponse& response) {
  if (is_nested_deeper(response.body, deepest_answer)) {
    return Error(ErrorKind::transient,
                 "the answer (HTTP " + std::to_string(response.status) + ") is nested too deeply");
  }
  auto parsed = nlohmann::json::parse(response.body, nullptr, false);
  // The library takes a zero byte for the end, and leaves what stands behind it unread.
  if (parsed.is_discarded() || response.body.find('\0') != std::string::npos) {
    return Error(ErrorKind::transient, "the answer (HTTP " + std::to_string(response.status) + ") is not JSON");
  }
  return parsed;
}

}  // namespace azrestored
