// Members that their object does not know: misspelt, or, where a file's grammar knows what else there is (job files,
// settings), given in the wrong place.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/json/object_reader.hpp"

namespace azrestored {

/// A member that there is, and the object that it belongs into: "" is the top of the file.
struct MemberPlace {
  std::string_view name;
  std::string_view object;
};

/// A fault for every member of the object that is not `known`; `noun` is what members are called there. One that
/// belongs elsewhere, by `places`, is told where; another is told the nearest known name, or all of them, with `advice`
/// behind.
void refuse_unknown(MemberReader& object, std::string_view noun, std::span<const std::string_view> known,
                    std::span<const MemberPlace> places = {}, std::string_view advice = "");

/// 'unknown member "nam", perhaps meant to be "name"', or all that are known where none is near.
std::string unknown_member(std::string_view noun, std::string_view name, std::span<const std::string_view> known);

}  // namespace azrestored
