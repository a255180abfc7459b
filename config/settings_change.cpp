#include "config/settings_change.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace azrestored {
namespace {

using nlohmann::ordered_json;

/// These take effect at once, except the settings below. Connections, files and sign-ins are set up only at the start.
constexpr std::array<std::string_view, 5> live_sections = {"polling", "inDoubt", "limits", "retention", "log"};
constexpr std::array<std::string_view, 1> fixed_settings = {"limits.connections"};

}  // namespace

SettingsChange changes_between(const Settings& now, const Settings& wanted) {
  const ordered_json before = ordered_json::parse(to_text(now));
  const ordered_json after = ordered_json::parse(to_text(wanted));
  SettingsChange change;
  for (const auto& [section, settings] : after.items()) {
    if (settings == before.at(section)) continue;
    if (section == "auth") {
      change.needs_restart.push_back(section);
      continue;
    }
    const bool is_live = std::ranges::find(live_sections, section) != live_sections.end();
    for (const auto& [key, value] : settings.items()) {
      if (value == before.at(section).at(key)) continue;
      const std::string name = section + "." + key;
      const bool is_fixed = !is_live || std::ranges::find(fixed_settings, name) != fixed_settings.end();
      (is_fixed ? change.needs_restart : change.applied).push_back(name);
    }
  }
  return change;
}

/// The budget is not changed: the rest of an hour counts against the limit with which the hour began.
void apply_changes(Settings& now, const Settings& wanted) {
  now.policy = wanted.policy;
  now.limits.active_jobs = wanted.limits.active_jobs;
  now.limits.caps = wanted.limits.caps;
  now.retention = wanted.retention;
  now.log = wanted.log;
}

}  // namespace azrestored
