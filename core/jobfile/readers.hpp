// The parts of the job file's grammar that fill a file of their own. Used by job_file.cpp, and by
// core/queries/inventory_query.cpp, whose questions are asked in a job file's words.
#pragma once

#include <optional>
#include <string_view>

#include "core/jobfile/spec.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/json/object_reader.hpp"

namespace azrestored {

/// Reads "vault" of the job file; nullopt after a fault.
std::optional<VaultId> read_vault(MemberReader& file);

/// Reads "virtualMachine" and "protectedItem" of the job file, and holds restore.sourceResourceId against them; nullopt
/// after a fault. Without a vault (itself at fault) an item's VM is not looked for.
std::optional<VmSelector> read_vm(MemberReader& file, const std::optional<VaultId>& vault);

/// Reads "recoveryPoint" of the job file. After a fault the rule means nothing.
PointRule read_point_rule(MemberReader& file);

/// Reads "crossRegion", "rehydration", "validate", "auth" and "guardAuth" of the job file into the spec, whose `point`
/// has been read, and holds them against its "restore". After a fault what was read means nothing.
void read_choices(MemberReader& file, std::optional<RecoveryType> type, JobSpec& spec);

/// True for a text without ? # % \ and control characters: what is put into a URL or shown on a terminal must not be
/// able to steer either.
bool is_plain(std::string_view text);

/// True for a plain text that is one segment of a path: not empty, without /, not "." or "..".
bool is_plain_name(std::string_view text);

}  // namespace azrestored
