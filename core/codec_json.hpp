// How the codec reaches into an answer's JSON without ever throwing: a member that is missing, null or of another type
// reads as nothing. Used by codec_*.cpp only.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/http.hpp"
#include "core/result.hpp"

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

inline std::string text(const nlohmann::json& object, const char* name) { return text_of(member(object, name)); }

/// The body as JSON; `transient` when it is none.
inline Result<nlohmann::json> body_of(const HttpResponse& response) {
  auto parsed = nlohmann::json::parse(response.body, nullptr, false);
  if (parsed.is_discarded()) {
    return Error(ErrorKind::transient, "the answer (HTTP " + std::to_string(response.status) + ") is not JSON");
  }
  return parsed;
}

}  // namespace azrestored
