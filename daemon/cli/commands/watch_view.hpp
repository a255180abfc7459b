// What `watch` prints, given the jobs again and again: on a terminal a block that is drawn over itself, elsewhere a
// line for each change, with --json an object for each change.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "daemon/cli/connect/follow.hpp"

namespace azrestored::cli {

/// The view that fits where standard output goes. `compact`: totals whenever they change, and jobs in trouble only.
std::unique_ptr<Onlooker> make_watch_view(const Console& console, bool compact);

/// The line for a job's change, without its time: "1a2b3c4d  web01-drill  tracking  40 %  Azure job ...". Pure.
std::string watch_line(const nlohmann::json& job);

}  // namespace azrestored::cli
