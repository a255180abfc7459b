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

}  // namespace azrestored
