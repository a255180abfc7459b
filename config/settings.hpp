// The daemon's settings, with their defaults. The names in the file are a contract (azrestored.json(5)). The file is
// JSON with comments. An unknown key is a fault. All faults are reported at once, each with its position.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/auth_settings.hpp"
#include "config/clouds.hpp"
#include "core/admission/limits.hpp"
#include "core/budget/budget_policy.hpp"
#include "core/job/policy.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

struct Settings {
  enum class LogLevel { error, warning, info, debug };
  enum class LogFormat { text, json };

  struct {
    Cloud cloud = Cloud::public_cloud;  // gives the endpoint and the profiles' authorities if the file does not
    std::string endpoint{addresses_of(Cloud::public_cloud).endpoint};
    std::string api_version = "2025-02-01";
    std::string cross_region_api_version = "2021-11-15";
    std::string ca_file;  // "" means the system's certificate authorities
  } arm;
  std::vector<AuthSettings> auth = {AuthSettings()};  // never empty; jobs that name no profile use the first
  bool auth_is_list = false;                          // whether the file gives a list
  struct {
    std::string directory = "/var/spool/azrestored";
    Millis settle_time = std::chrono::minutes(10);
  } spool;
  struct {
    std::string path = "/var/lib/azrestored/azrestored.db";
  } store;
  struct {
    std::string socket = "/run/azrestored/control.sock";
  } control;
  struct {
    std::string listen;      // config/listen_address.hpp; "" means no TCP port
    bool is_public = false;  // other machines may connect
  } metrics;
  Policy policy;  // polling.*, inDoubt.*
  BudgetPolicy budget;
  struct {
    int active_jobs = 10000;
    ConcurrencyLimits caps;  // concurrentRestoresPer...
    int connections = 16;
  } limits;
  struct {
    Millis finished_jobs = std::chrono::days(400);
  } retention;
  struct {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::text;
  } log;
};

inline constexpr std::string_view default_settings_file = "/etc/azrestored/azrestored.json";

/// Reads the text of a settings file. Returns settings, or adds at least one fault.
std::optional<Settings> read_settings(std::string_view text, std::vector<Fault>& faults);

/// Reads the file; a file that cannot be read is a fault as well.
std::optional<Settings> read_settings_file(const std::string& path, std::vector<Fault>& faults);

/// When the file was last modified, in whole milliseconds; nullopt if that cannot be read.
std::optional<Instant> settings_modified_at(const std::string& path);

/// The effective settings in the form of the file, with every key. --check-config prints this.
std::string to_text(const Settings& settings);

}  // namespace azrestored
