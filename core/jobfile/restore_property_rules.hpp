// What the properties of a restore need of each other, and what a recovery type needs or forbids (API.md 3.2, 3.3), as
// far as the job file alone tells. What needs the recovery point or the vault is in core/restore/rules.hpp. Used by
// restore_properties.cpp, which has checked the form of each property before.
#pragma once

#include <optional>

#include "core/jobfile/spec.hpp"
#include "core/json/object_reader.hpp"

namespace azrestored {

/// A fault for every rule that the "restore" object breaks. Without a type only what holds for every type is checked.
void check_property_rules(MemberReader& restore, std::optional<RecoveryType> type);

}  // namespace azrestored
