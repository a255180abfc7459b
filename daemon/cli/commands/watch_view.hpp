// Output of `watch`: on a terminal a block that is redrawn in place, otherwise a line for each change, with --json an
// object for each change.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "daemon/cli/connect/follow.hpp"

namespace azrestored::cli {

/// The view for this standard output. `compact`: the totals when they change, and only jobs in trouble.
std::unique_ptr<ProgressObserver> make_watch_view(const Console& console, bool compact);

/// The line for a job's change, without its time: "1a2b3c4d  web01-drill  tracking  40 %  Azure job ...". Pure.
std::string watch_line(const nlohmann::json& job);

}  // namespace azrestored::cli
