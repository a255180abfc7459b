// Faults for unknown members: misspelt names, and members that belong in another object of the same file (job file,
// settings).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/json/object_reader.hpp"

namespace azrestored {

/// A known member, and the object that it belongs in; "" is the top level of the file.
struct MemberPlace {
  std::string_view name;
  std::string_view object;
};

/// Adds a fault for every member of the object that is not in `known`. Messages call a member a `noun`. If `places` has
/// the name in another object, the message names that object. Otherwise it has the nearest known name, or all known
/// names, and then `advice`.
void refuse_unknown(ObjectReader& object, std::string_view noun, std::span<const std::string_view> known,
                    std::span<const MemberPlace> places = {}, std::string_view advice = "");

/// 'unknown member "nam", perhaps meant to be "name"', or with all known names if none is near.
std::string unknown_member(std::string_view noun, std::string_view name, std::span<const std::string_view> known);

}  // namespace azrestored
