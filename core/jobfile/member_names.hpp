// What there is in a job file: the names of every object's members, for those that read them (job_file.cpp has the
// grammar) and for telling where a member belongs that stands in the wrong place.
#pragma once

#include <span>
#include <string_view>

#include "core/json/unknown_members.hpp"

namespace azrestored {

/// The members of the job file ("") or of its "vault", "virtualMachine", "protectedItem", "recoveryPoint",
/// "crossRegion" or "rehydration"; those of "restore" are in restore_property_table.hpp.
std::span<const std::string_view> job_members(std::string_view object);

/// Every member of a job file, with the object that it stands in.
std::span<const MemberPlace> job_member_places();

}  // namespace azrestored
