// What people command of a job over the control socket: the last segment of POST /v1/jobs/{job}/{command}, as an event,
// and what they are told when it has been taken. What each means to a job is said in core/job/evolve_commands.cpp. Pure.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <string_view>

#include "core/job/event.hpp"

namespace azrestored {

/// The event that the command is, on behalf of `uid`. `name`: "cancel", "hold", "release" or "retry".
EventPayload command_of(std::string_view name, const std::map<std::string, std::string>& query, uid_t uid);

/// One sentence about what has become of the job, which is as saved after the command.
std::string answer_to(const EventPayload& wanted, const Job& job);

}  // namespace azrestored
