// What a reload makes of new settings: some hold from now on, the others from the next start. Pure; the daemon asks at
// SIGHUP (daemon/app/settings_reload.hpp).
#pragma once

#include <string>
#include <vector>

#include "config/settings.hpp"

namespace azrestored {

struct SettingsChange {
  std::vector<std::string> applied;        // "polling.jobInterval": hold from now on
  std::vector<std::string> needs_restart;  // "arm.endpoint": stay as they were until then
};

/// What differs between the two, in the order of the file. "auth" is told as a whole.
SettingsChange changes_between(const Settings& now, const Settings& wanted);

/// Takes from `wanted` what may change while jobs are under way, and leaves the rest of `now` as it is.
void apply_changes(Settings& now, const Settings& wanted);

}  // namespace azrestored
