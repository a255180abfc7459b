// Reads the JSON of a response without exceptions: a missing member, null and a value of another type all read as
// nothing. Used by core/wire and by other code that reads requests and responses. Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azrestored {

/// The member; null if it is missing or `object` is not an object.
inline const nlohmann::json& member(const nlohmann::json& object, const char* name) {
  static const nlohmann::json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

/// A string, or a whole number as text; "" for any other value.
inline std::string text_of(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  return "";
}

/// True if the member exists and is not null.
inline bool has_value(const nlohmann::json& object, const char* name) {
  return !member(object, name).is_null();
}

inline std::string text(const nlohmann::json& object, const char* name) {
  return text_of(member(object, name));
}

/// nullopt if the member is not true or false.
inline std::optional<bool> flag(const nlohmann::json& object, const char* name) {
  const nlohmann::json& value = member(object, name);
  return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
}

/// A whole number from 0 to 1,000,000; nullopt for any other value.
inline std::optional<int> count(const nlohmann::json& object, const char* name) {
  constexpr std::uint64_t most = 1'000'000;
  const nlohmann::json& value = member(object, name);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) return std::nullopt;
  return static_cast<int>(value.get<std::uint64_t>());
}

/// The strings of a list, without empty ones and without other values.
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
