// The form of the name of a sign-in profile. The settings define profiles (config/auth_section.cpp), and job files name
// them (core/jobfile/read_options.cpp). One rule for both: a job can only name a profile that the settings can define.
// Pure.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/base/text.hpp"

namespace azrestored {

/// For the sentence of a fault: "expected ...".
inline constexpr std::string_view profile_name_form = "1 to 64 letters, digits and dashes";

inline bool is_profile_name(std::string_view text) {
  constexpr std::size_t max_length = 64;
  return !text.empty() && text.size() <= max_length &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

}  // namespace azrestored
