// The body of a response as JSON. Responses are foreign input: the transport bounds their size, this file their depth.
// Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// Maximum depth of a response; Azure's are much flatter. nlohmann_json copies, compares and prints by recursion, so an
/// unlimited depth could exhaust the stack.
inline constexpr int deepest_answer = 100;

/// True if {} and [] outside of strings are nested deeper than `deepest`. Any result for a text that is not JSON.
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

/// The body as JSON; `transient` if it is not JSON or is nested too deeply.
inline Result<nlohmann::json> body_of(const HttpResponse& response) {
  if (is_nested_deeper(response.body, deepest_answer)) {
    return Error(ErrorKind::transient,
                 "the response (HTTP " + std::to_string(response.status) + ") is nested too deeply");
  }
  auto parsed = nlohmann::json::parse(response.body, nullptr, false);
  // nlohmann_json treats a zero byte as the end and ignores everything after it.
  if (parsed.is_discarded() || response.body.find('\0') != std::string::npos) {
    return Error(ErrorKind::transient, "the response (HTTP " + std::to_string(response.status) + ") is not JSON");
  }
  return parsed;
}

}  // namespace azrestored
