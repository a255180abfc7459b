// The properties of IaasVMRestoreRequest that a job file may give (API.md 3.2), their types, and which recovery type
// needs or forbids which (API.md 3.3). One table: a new restore option starts here.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "core/jobfile/spec.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

/// Checks the "restore" object of a job file; appends a fault for everything wrong with it.
/// `pointer` is where the object stands ("/restore"). Without a type only what holds for every type is checked.
void check_restore_properties(const JsonDocument& document, const nlohmann::json& restore, const std::string& pointer,
                              std::optional<RecoveryType> type, std::vector<Fault>& faults);

}  // namespace azrestored
