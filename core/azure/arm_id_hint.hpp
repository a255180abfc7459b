// Explains why a text is not the expected ARM id, in a clause for the end of a sentence. Ids have 150 letters, and
// people do not see a small difference. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace azrestored {

/// Returns, for example, "; the / at its beginning is missing". "" if the text does not resemble an id, or is an id of
/// a type in `types` (without types: of a resource group).
std::string id_hint(std::string_view text, std::span<const std::string_view> types);

/// The clause about a blank or an invisible character in an id or name; "" without one.
std::string hidden_hint(std::string_view text);

}  // namespace azrestored
