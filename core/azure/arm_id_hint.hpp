// What is wrong with a text that should be an ARM id, told in a clause for the end of a sentence: two ids of 150
// letters are not compared by eye. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace azrestored {

/// "; the / at its beginning is missing". "" when it is like no id, or is one of a type in `types` (of a resource group
/// when there are none).
std::string id_hint(std::string_view text, std::span<const std::string_view> types);

}  // namespace azrestored
