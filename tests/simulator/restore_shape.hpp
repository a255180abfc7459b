// The shape of a restore request: the members with their JSON types (the table of azure-backup-api.md 3.2), and the
// functions that read them. A member that is null counts as absent everywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json.hpp"
#include "restore_request.hpp"

namespace azsim {

using Verdict = std::optional<Refusal>;

/// The name of a member in single quotes. (Written with += inside: g++ 12 at -O3 takes `"'" + text` for overlapping
/// copies.)
[[nodiscard]] std::string in_quotes(std::string_view name);

/// A refusal with the service's general code for bad input.
[[nodiscard]] Verdict bad_input(std::string message);

/// The body must be an object with an object `properties`.
[[nodiscard]] Verdict check_envelope(const Json& body);
/// Refuses unknown members and wrong types in the request and in its nested objects.
[[nodiscard]] Verdict check_shape(const Json& order);
/// Refuses members of an object that are not in `known`.
[[nodiscard]] Verdict only_members(const Json& object, const std::string& where,
                                   const std::vector<std::string_view>& known);

/// Null if the member is absent or null.
[[nodiscard]] const Json* find(const Json& object, std::string_view name);
/// "" and false if it is absent.
[[nodiscard]] std::string text_of(const Json& object, std::string_view name);
[[nodiscard]] bool flag_of(const Json& object, std::string_view name);

}  // namespace azsim
