#include "core/jobfile/member_names.hpp"

#include <algorithm>
#include <vector>

#include "core/jobfile/restore_property_table.hpp"

namespace azrestored {
namespace {

constexpr std::string_view file[] = {"name",          "priority", "vault",          "virtualMachine", "protectedItem",
                                     "recoveryPoint", "restore",  "replaceDisksOf", "crossRegion",    "rehydration",
                                     "validate",      "auth",     "guardAuth",      "$schema"};
constexpr std::string_view vault[] = {"subscriptionId", "resourceGroup", "name"};
constexpr std::string_view vm[] = {"resourceGroup", "name"};
constexpr std::string_view item[] = {"container", "item"};
constexpr std::string_view point[] = {"before", "after", "consistency", "tier", "notOlderThan"};
constexpr std::string_view cross_region[] = {"region"};
constexpr std::string_view rehydration[] = {"priority", "retention"};

struct Object {
  std::string_view name;
  std::span<const std::string_view> members;
};
constexpr Object objects[] = {{"", file},
                              {"vault", vault},
                              {"virtualMachine", vm},
                              {"protectedItem", item},
                              {"recoveryPoint", point},
                              {"crossRegion", cross_region},
                              {"rehydration", rehydration}};

std::vector<MemberPlace> all_places() {
  std::vector<MemberPlace> places;
  for (const Object& object : objects) {
    for (const std::string_view member : object.members) places.push_back({member, object.name});
  }
  for (const Property& property : restore_properties()) {
    if (property.kind != PropertyKind::elsewhere) places.push_back({property.name, "restore"});
    if (property.kind != PropertyKind::members) continue;
    for (const Property& member : members_of(property.name)) places.push_back({member.name, property.name});
  }
  return places;
}

}  // namespace

std::span<const std::string_view> job_members(std::string_view object) {
  return std::ranges::find(objects, object, &Object::name)->members;
}

std::span<const MemberPlace> job_member_places() {
  static const std::vector<MemberPlace> places = all_places();
  return places;
}

}  // namespace azrestored
