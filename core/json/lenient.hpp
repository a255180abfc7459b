// How the codec reaches into an answer's JSON without ever throwing: a member that is missing, null or of another type
// reads as nothing. Used by codec_*.cpp and by the leaves of core that look at requests and answers.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/http/message.hpp"
#include "core/base/result.hpp"

namespace azrestored {

/// The member, or a null value.
inline const nlohmann::json& member(const nlohmann::json& object, const char* name) {
  static const nlohmann::json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

/// A text, or a number as text; "" for anything else.
inline std::string text_of(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  return "";
}

/// True when there is such a member and it is not null.
inline bool gives(const nlohmann::json& object, const char* name) {
  return !member(object, name).is_null();
}

inline std::string text(const nlohmann::json& object, const char* name) {
  return text_of(member(object, name));
}

/// nullopt for anything that is neither true nor false.
inline std::optional<bool> flag(const nlohmann::json& object, const char* name) {
  const nlohmann::json& value = member(object, name);
  return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
}

/// nullopt for anything that does not count things.
inline std::optional<int> count(const nlohmann::json& object, const char* name) {
  constexpr std::uint64_t most = 1'000'000;
  const nlohmann::json& value = member(object, name);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) return std::nullopt;
  return static_cast<int>(value.get<std::uint64_t>());
}

/// The texts of a list; what is no text in it is left out.
inline std::vector<std::string> texts(const nlohmann::json& object, const char* name) {
  std::vector<std::string> list;
  const nlohmann::json& value = member(object, name);
  if (!value.is_array()) return list;
  for (const nlohmann::json& each : value) {
    if (std::string text = text_of(each); !text.empty()) list.push_back(std::move(text));
  }
  return list;
}

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
