// Finds the known word that a misspelt one most likely stands for. ASCII. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace azrestored {

/// The candidate with the fewest edits from `word`, without regard to letter case; "" if none is near enough.
std::string nearest_name(std::string_view word, std::span<const std::string_view> candidates);

/// The end of a sentence about an unknown word: `; did you mean "nearest"?`, or "" if no candidate is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace azrestored
