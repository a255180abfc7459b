// Which settings a reload applies at once, and which need a restart.
#include "config/settings_change.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/config/settings_reading.hpp"

namespace azrestored {
namespace {

using nlohmann::ordered_json;
using Names = std::vector<std::string>;

/// Another valid value of the setting.
ordered_json other_value(const std::string& name, const ordered_json& value) {
  if (name == "log.level") return "debug";
  if (name == "log.format") return "json";
  if (name == "metrics.listen") return "127.0.0.1:9633";
  if (value.is_number()) return value.get<int>() + 1;
  if (value.is_boolean()) return !value.get<bool>();
  const std::string text = value.get<std::string>();
  return text.empty() || text.front() == '/' ? "/elsewhere" : "77s";
}

TEST(SettingsChange, EverySettingIsEitherAppliedOrNeedsARestart) {
  const Settings now = settings_of("{}");
  const ordered_json file = ordered_json::parse(to_text(now));
  int settings = 0;
  for (const auto& [section, members] : file.items()) {
    if (section == "auth" || section == "arm") continue;  // the cloud also changes values of arm
    for (const auto& [key, value] : members.items()) {
      const std::string name = section + "." + key;
      SCOPED_TRACE(name);
      ++settings;
      ordered_json changed = file;
      changed[section][key] = other_value(name, value);
      const Settings wanted = settings_of(changed.dump());
      const SettingsChange change = changes_between(now, wanted);
      EXPECT_EQ(change.applied.size() + change.needs_restart.size(), 1U);
      Settings applied = now;
      apply_changes(applied, wanted);
      EXPECT_EQ(to_text(applied), to_text(change.applied.empty() ? now : wanted));
    }
  }
  EXPECT_GE(settings, 20);
}

TEST(SettingsChange, WhatIsSetUpOnceNeedsARestart) {
  const Settings wanted = settings_of(R"({
    "auth": {"clientId": "somebody"}, "spool": {"directory": "/elsewhere", "settleTime": "1m"},
    "budget": {"readsPerHour": 160},
    "limits": {"activeJobs": 7, "connections": 3}, "polling": {"jobInterval": "90s"}, "log": {"level": "debug"}})");
  const SettingsChange change = changes_between(settings_of("{}"), wanted);
  EXPECT_EQ(change.applied, (Names{"polling.jobInterval", "limits.activeJobs", "log.level"}));
  EXPECT_EQ(change.needs_restart,
            (Names{"auth", "spool.directory", "spool.settleTime", "budget.readsPerHour", "limits.connections"}));
}

TEST(SettingsChange, WithoutAChangeNothingIsReported) {
  const SettingsChange change = changes_between(settings_of("{}"), settings_of(R"({"arm": {"cloud": "public"}})"));
  EXPECT_EQ(change.applied, Names{});
  EXPECT_EQ(change.needs_restart, Names{});
}

}  // namespace
}  // namespace azrestored
