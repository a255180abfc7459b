#include "core/json/unknown_members.hpp"

#include <algorithm>

#include "core/base/spelling.hpp"
#include "core/base/text.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

/// 'at the top level of the file', 'in "restore" or "crossRegion"'; "" if there is no such member.
std::string place_of(std::string_view name, std::span<const MemberPlace> places) {
  bool is_top = false;
  std::vector<std::string_view> objects;
  for (const MemberPlace& place : places) {
    if (!iequals(place.name, name)) continue;
    if (place.object.empty()) {
      is_top = true;
    } else if (std::ranges::find(objects, place.object) == objects.end()) {
      objects.push_back(place.object);
    }
  }
  std::string text = is_top ? "at the top level of the file" : "";
  if (!objects.empty()) text += (is_top ? ", or in " : "in ") + quoted_alternatives(objects);
  return text;
}

}  // namespace

void refuse_unknown(ObjectReader& object, std::string_view noun, std::span<const std::string_view> known,
                    std::span<const MemberPlace> places, std::string_view advice) {
  std::size_t refused = 0;
  for (const auto& [name, value] : object.value().items()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    if (refused++ == max_faults) return;  // the search for near names costs more than all other checks
    const std::string place = find_ignoring_case(name, known).empty() ? place_of(name, places) : "";
    if (place.empty()) {
      object.fault(name, unknown_member(noun, name, known).append(advice));
    } else {
      object.fault(name, "unknown " + std::string(noun) + " " + in_quotes(name) + " here; it belongs " + place);
    }
  }
}

std::string unknown_member(std::string_view noun, std::string_view name, std::span<const std::string_view> known) {
  const std::string near = nearest_name(name, known);
  return "unknown " + std::string(noun) + " " + in_quotes(name) +
         (near.empty() ? "; expected " + quoted_alternatives(known) : ", perhaps meant to be " + in_quotes(near));
}

}  // namespace azrestored
