// Readers of parts of the job file, each in a file of its own. Used by job_file.cpp, and by
// core/queries/inventory_query.cpp, whose queries use members of the job file.
#pragma once

#include <optional>
#include <string_view>

#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/spec.hpp"
#include "core/json/object_reader.hpp"

namespace azrestored {

/// Reads "vault" of the job file; nullopt after a fault.
std::optional<VaultId> read_vault(ObjectReader& file);

/// Reads "virtualMachine" and "protectedItem" of the job file, and compares them with restore.sourceResourceId; nullopt
/// after a fault. Without a vault (which is then a fault) the VM of an item is not derived.
std::optional<VmSelector> read_vm(ObjectReader& file, const std::optional<VaultId>& vault);

/// Reads "recoveryPoint" of the job file. After a fault the result is not valid.
PointRule read_point_rule(ObjectReader& file);

/// Reads "crossRegion", "rehydration", "validate", "auth" and "guardAuth" of the job file into the spec, and compares
/// them with "restore". `point` of the spec must have been read. After a fault the result is not valid.
void read_choices(ObjectReader& file, std::optional<RecoveryType> type, JobSpec& spec);

/// True for a text without ? # % \, which could change the meaning of a URL, and without blanks, control characters and
/// invisible characters, which no name of Azure has and nobody sees.
bool is_plain(std::string_view text);

/// True for a plain text that is one path segment: not empty, without /, not "." or "..".
bool is_plain_name(std::string_view text);

}  // namespace azrestored
