// Text functions that several rooms use. ASCII only: words of protocols and files. Names of Azure: case_folding.hpp. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace azrestored {

bool is_letter_or_digit(char c);

/// True when the two are equal without regard to letter case.
bool iequals(std::string_view a, std::string_view b);

/// True when `text` begins with `prefix` without regard to letter case.
bool istarts_with(std::string_view text, std::string_view prefix);

std::string to_lower(std::string_view text);

/// True when the two name the same Azure region: "West US" is "westus".
bool is_same_region(std::string_view a, std::string_view b);

/// The text in single quotes directly after the first `before`: 150 in "the limit of '150' for". nullopt without one.
std::optional<std::string_view> quoted_after(std::string_view before, std::string_view text);

/// The text with its first letter in upper case, if it is an ASCII letter.
std::string capitalized(std::string text);

/// "a, b and c".
std::string join_and(std::span<const std::string> words);

}  // namespace azrestored
