// What a reload does with new settings: some take effect at once, the others at the next start. Pure. The daemon calls
// it at SIGHUP (daemon/app/settings_reload.hpp).
#pragma once

#include <string>
#include <vector>

#include "config/settings.hpp"

namespace azrestored {

struct SettingsChange {
  std::vector<std::string> applied;        // take effect at once: "polling.jobInterval"
  std::vector<std::string> needs_restart;  // keep their values until a restart: "arm.endpoint"
};

/// The settings that differ, in the order of the file. "auth" is one entry.
SettingsChange changes_between(const Settings& now, const Settings& wanted);

/// Copies into `now` the settings of `wanted` that may change while jobs are in progress.
void apply_changes(Settings& now, const Settings& wanted);

}  // namespace azrestored
