// The table of what a job file may give in "restore": every property of IaasVMRestoreRequest (API.md 3.2), and which
// recovery type needs or forbids which (API.md 3.3). A new restore option starts here. Used by restore_properties.cpp
// and restore_property_rules.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/jobfile/spec.hpp"

namespace azrestored {

enum class PropertyKind {
  text,      // not empty
  any_text,  // "" is what old clients write for none (API.md 3.2)
  flag,      // true or false
  word,      // one of `words`
  id,        // ARM id of a type in `words`; no words: of a resource group
  luns,      // restoreDiskLunList, API.md 3.4
  zone,      // a list with one text
  texts,     // a list of texts
  members,   // an object whose members are in the table of its name
  object,    // an object with whatever is in it
  elsewhere  // the recovery point's id: a job file says it outside of "restore"
};

enum class Null { refused, allowed };

struct Property {
  std::string_view name;
  PropertyKind kind;
  Null null = Null::refused;
  std::span<const std::string_view> words{};
};

/// The properties of the request, in the order they are told in.
std::span<const Property> restore_properties();

/// The property of this name, which is one of them.
const Property& property_of(std::string_view name);

/// What its value has to look like, in words that follow "expected".
std::string expected_of(const Property& property);

/// The members of the property with this name, which is of PropertyKind::members.
std::span<const Property> members_of(std::string_view name);

/// A member that its property cannot do without.
struct MemberRule {
  std::string_view property;
  std::string_view member;
};
std::span<const MemberRule> needed_members();

/// A property that a recovery type needs, or does not take. The staging account, which every type needs in one of two
/// forms, is a rule of its own (restore_property_rules.cpp).
struct PropertyRule {
  RecoveryType type;
  std::string_view name;
};
std::span<const PropertyRule> needed_properties();
std::span<const PropertyRule> forbidden_properties();

}  // namespace azrestored
