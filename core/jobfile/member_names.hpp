// The names of all members of a job file, by object. The readers use them, and the faults that name the object in which
// a misplaced member belongs. The grammar is in job_file.cpp. Pure.
#pragma once

#include <span>
#include <string_view>

#include "core/json/unknown_members.hpp"

namespace azrestored {

/// The members of the job file ("") or of its "vault", "virtualMachine", "protectedItem", "recoveryPoint",
/// "crossRegion" or "rehydration"; those of "restore" are in restore_property_table.hpp.
std::span<const std::string_view> job_members(std::string_view object);

/// Every member of a job file, with its object.
std::span<const MemberPlace> job_member_places();

}  // namespace azrestored
