// The operator's commands on a job over the control socket: the last segment of POST /v1/jobs/{job}/{command} as an
// event, and the answer to an accepted command. core/job/evolve_commands.cpp says what each command does. Pure.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <string_view>

#include "core/job/event.hpp"

namespace azrestored {

/// The event of a command by the user `uid`. `name`: "cancel", "hold", "release" or "retry".
EventPayload command_of(std::string_view name, const std::map<std::string, std::string>& query, uid_t uid);

/// One sentence about the result of the command. `job` is as saved after it.
std::string answer_to(const EventPayload& wanted, const Job& job);

}  // namespace azrestored
