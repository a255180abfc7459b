// The word that was meant, of those that are known. ASCII.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace azrestored {

/// The candidate nearest to `word` by edits (case apart), or "" when none is near enough to be what was meant.
std::string nearest_name(std::string_view word, std::span<const std::string_view> candidates);

/// The end of a sentence about a word that is none of the candidates: `; did you mean "nearest"?`, or "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace azrestored
