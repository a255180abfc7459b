// Checks the "restore" object of a job file, that is, the properties of IaasVMRestoreRequest (azure-backup-api.md 3.2,
// 3.3). The properties are in restore_property_table.cpp. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "core/jobfile/spec.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

/// Appends a fault for everything that is wrong with the "restore" object. `pointer` is the location of the object
/// ("/restore"). Without a type, only the rules for all types apply.
void check_restore_properties(const JsonDocument& document, const nlohmann::json& restore, const std::string& pointer,
                              std::optional<RecoveryType> type, std::vector<Fault>& faults);

}  // namespace azrestored
