// Rules between the properties of a restore, and between a property and the recovery type (azure-backup-api.md 3.2,
// 3.3), for which the job file is enough. Rules that need the recovery point or the vault are in
// core/restore/rules.hpp. Only for restore_properties.cpp, which checks the form of each property first.
#pragma once

#include <optional>

#include "core/jobfile/spec.hpp"
#include "core/json/object_reader.hpp"

namespace azrestored {

/// Adds a fault for every rule that the "restore" object breaks. Without a type, only the rules for all types apply.
void check_property_rules(ObjectReader& restore, std::optional<RecoveryType> type);

}  // namespace azrestored
