// The table of the properties that a job file may contain in "restore": every property of IaasVMRestoreRequest
// (azure-backup-api.md 3.2), and which recovery type requires or forbids it (3.3). To add a restore property, begin
// here. Used by restore_properties.cpp and restore_property_rules.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/jobfile/spec.hpp"

namespace azrestored {

enum class PropertyKind {
  text,      // not empty
  any_text,  // may be empty: old clients write "" for none (azure-backup-api.md 3.2)
  flag,      // true or false
  word,      // one of `words`
  id,        // ARM id of a type in `words`; without words, of a resource group
  luns,      // restoreDiskLunList (azure-backup-api.md 3.4)
  zone,      // a list with one string
  texts,     // a list of strings
  members,   // an object whose members are in its own table
  object,    // an object with any members
  elsewhere  // the recovery point's id, which is given outside of "restore"
};

enum class Null { refused, allowed };

struct Property {
  std::string_view name;
  PropertyKind kind;
  Null null = Null::refused;
  std::span<const std::string_view> words{};
};

/// The properties of the request, in the order in which messages list them.
std::span<const Property> restore_properties();

/// The property with this name, which must exist.
const Property& property_of(std::string_view name);

/// The form of its value, in words that follow "expected".
std::string expected_of(const Property& property);

/// The members of the property with this name, which must be of PropertyKind::members.
std::span<const Property> members_of(std::string_view name);

/// A member that its property requires.
struct MemberRule {
  std::string_view property;
  std::string_view member;
};
std::span<const MemberRule> needed_members();

/// A property that a recovery type requires or forbids. The staging account, which every type requires in one of two
/// forms, has its own rule (restore_property_rules.cpp).
struct PropertyRule {
  RecoveryType type;
  std::string_view name;
};
std::span<const PropertyRule> needed_properties();
std::span<const PropertyRule> forbidden_properties();

}  // namespace azrestored
