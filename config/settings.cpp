// One table lists all settings except "auth" (auth_section.cpp). Reading, printing and the list of known keys use it.
#include "config/settings.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "config/auth_section.hpp"
#include "config/listen_address.hpp"
#include "config/setting_field.hpp"
#include "config/setting_forms.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> cloud_names = {clouds[0].name, clouds[1].name, clouds[2].name};
constexpr std::array<std::string_view, 4> level_names = {"error", "warning", "info", "debug"};
constexpr std::array<std::string_view, 2> format_names = {"text", "json"};

/// In the order of printing. "auth" is not in the table below, because it may be a list.
constexpr std::array<std::string_view, 12> section_names = {"arm",     "auth",    "spool",     "store",
                                                            "control", "metrics", "polling",   "inDoubt",
                                                            "budget",  "limits",  "retention", "log"};

struct Setting {
  std::string_view section;
  std::string_view key;
  SettingField (*field)(Settings&);
};

/// A limit on concurrent jobs.
NumberField places(int& value) {
  return NumberField{&value, 1, 1000000};
}

constexpr Setting all_settings[] = {
    {"arm", "cloud", [](Settings& s) -> SettingField { return choice(s.arm.cloud, cloud_names); }},
    {"arm", "endpoint",
     [](Settings& s) -> SettingField {
       return TextField{&s.arm.endpoint, is_optional_service_url, forms::optional_service_url, service_url_hint};
     }},
    {"arm", "apiVersion",
     [](Settings& s) -> SettingField {
       return TextField{&s.arm.api_version, is_api_version, forms::api_version};
     }},
    {"arm", "crossRegionApiVersion",
     [](Settings& s) -> SettingField {
       return TextField{&s.arm.cross_region_api_version, is_api_version, forms::api_version};
     }},
    {"arm", "caFile",
     [](Settings& s) -> SettingField {
       return TextField{&s.arm.ca_file, is_optional_path, forms::optional_path, path_hint};
     }},
    {"spool", "directory",
     [](Settings& s) -> SettingField {
       return TextField{&s.spool.directory, is_absolute_path, forms::path, path_hint};
     }},
    {"spool", "settleTime", [](Settings& s) -> SettingField { return &s.spool.settle_time; }},
    {"store", "path",
     [](Settings& s) -> SettingField {
       return TextField{&s.store.path, is_absolute_path, forms::path, path_hint};
     }},
    {"control", "socket",
     [](Settings& s) -> SettingField {
       return TextField{&s.control.socket, is_socket_path, forms::socket_path, path_hint};
     }},
    {"metrics", "listen",
     [](Settings& s) -> SettingField {
       return TextField{&s.metrics.listen, is_optional_listen_address, forms::optional_listen_address};
     }},
    {"metrics", "public", [](Settings& s) -> SettingField { return &s.metrics.is_public; }},
    {"polling", "defaultRetryAfter", [](Settings& s) -> SettingField { return &s.policy.default_retry_after; }},
    {"polling", "minimumInterval", [](Settings& s) -> SettingField { return &s.policy.minimum_interval; }},
    {"polling", "jobInterval", [](Settings& s) -> SettingField { return &s.policy.job_interval; }},
    {"inDoubt", "quietPeriod", [](Settings& s) -> SettingField { return &s.policy.quiet_period; }},
    {"budget", "readsPerHour",
     [](Settings& s) -> SettingField {
       return NumberField{&s.budget.reads_per_hour, 10, 1000000};
     }},
    {"budget", "reservePercent",
     [](Settings& s) -> SettingField {
       return NumberField{&s.budget.reserve_percent, 0, 50};
     }},
    {"budget", "subscriptionReadsPerSecond",
     [](Settings& s) -> SettingField {
       return NumberField{&s.budget.subscription_reads_per_s, 1, 100000};
     }},
    {"budget", "subscriptionWritesPerSecond",
     [](Settings& s) -> SettingField {
       return NumberField{&s.budget.subscription_writes_per_s, 1, 100000};
     }},
    {"limits", "activeJobs", [](Settings& s) -> SettingField { return places(s.limits.active_jobs); }},
    {"limits", "concurrentRestoresPerVault",
     [](Settings& s) -> SettingField { return places(s.limits.caps.per_vault); }},
    {"limits", "concurrentRestoresPerSubscription",
     [](Settings& s) -> SettingField { return places(s.limits.caps.per_subscription); }},
    {"limits", "concurrentRestoresPerStorageAccount",
     [](Settings& s) -> SettingField { return places(s.limits.caps.per_storage_account); }},
    {"limits", "concurrentRestoresPerTargetResourceGroup",
     [](Settings& s) -> SettingField { return places(s.limits.caps.per_target_group); }},
    {"limits", "connections",
     [](Settings& s) -> SettingField {
       return NumberField{&s.limits.connections, 1, 1024};
     }},
    {"retention", "finishedJobs", [](Settings& s) -> SettingField { return &s.retention.finished_jobs; }},
    {"log", "level", [](Settings& s) -> SettingField { return choice(s.log.level, level_names); }},
    {"log", "format", [](Settings& s) -> SettingField { return choice(s.log.format, format_names); }},
};

/// The URL of the file's JSON Schema, for editors. It is not a setting and is not printed.
constexpr std::string_view schema_key = "$schema";

/// All settings and sections, each with the object that it belongs to.
std::vector<MemberPlace> all_places() {
  std::vector<MemberPlace> places = {{schema_key, ""}};
  for (const std::string_view section : section_names) places.push_back({section, ""});
  for (const std::string_view key : auth_keys()) places.push_back({key, "auth"});
  for (const Setting& setting : all_settings) places.push_back({setting.key, setting.section});
  return places;
}

void check_sections(ObjectReader& file, std::span<const MemberPlace> places) {
  std::vector<std::string_view> known(section_names.begin(), section_names.end());
  known.push_back(schema_key);
  refuse_unknown(file, "setting", known, places);
  (void)file.text(schema_key, "the URL of the JSON Schema of this file, for editors");
}

void read_section(ObjectReader& file, std::string_view name, Settings& settings, std::span<const MemberPlace> places) {
  std::vector<std::string_view> keys;
  for (const Setting& setting : all_settings) {
    if (setting.section == name) keys.push_back(setting.key);
  }
  auto section = file.object(name, "an object with " + quoted_alternatives(keys));
  if (!section) return;
  refuse_unknown(*section, "setting", keys, places);
  for (const Setting& setting : all_settings) {
    if (setting.section == name) read_setting(*section, setting.key, setting.field(settings));
  }
}

/// The endpoint that the file gives, or the cloud's.
void read_arm(ObjectReader& file, Settings& settings, std::span<const MemberPlace> places) {
  settings.arm.endpoint.clear();
  read_section(file, "arm", settings, places);
  if (settings.arm.endpoint.empty()) settings.arm.endpoint = addresses_of(settings.arm.cloud).endpoint;
}

/// Every program that can connect can read the metrics. They name subscriptions and show how restores proceed.
void refuse_public_metrics(const JsonDocument& document, const Settings& settings, std::vector<Fault>& faults) {
  const auto address = ListenAddress::parse(settings.metrics.listen);
  if (!address || address->is_loopback || settings.metrics.is_public) return;
  ObjectReader file(document, document.value(), "", faults);
  file.fault_at("/metrics/listen",
                "other machines can connect to " + in_quotes(settings.metrics.listen) +
                    " and read the metrics without a password or certificate; expected a loopback address, 127.0.0.1 "
                    "or [::1], or \"public\": true in the same section");
}

Settings read_all(const JsonDocument& document, std::vector<Fault>& faults) {
  Settings settings;
  ObjectReader file(document, document.value(), "", faults);
  const std::vector<MemberPlace> places = all_places();
  check_sections(file, places);
  read_arm(file, settings, places);
  AuthSection auth = read_auth(document, settings.arm.cloud, faults, places);
  settings.auth = std::move(auth.profiles);
  settings.auth_is_list = auth.is_list;
  for (const std::string_view section : section_names) {
    if (section != "arm" && section != "auth") read_section(file, section, settings, places);
  }
  refuse_public_metrics(document, settings, faults);
  return settings;
}

}  // namespace

std::optional<Settings> read_settings(std::string_view text, std::vector<Fault>& faults) {
  std::vector<Fault> found;
  Settings settings;
  JsonDocument::Options options;
  options.comments = true;
  if (const auto document = JsonDocument::parse(text, options, found)) {
    if (document->value().is_object()) {
      settings = read_all(*document, found);
    } else {
      ObjectReader file(*document, document->value(), "", found);
      file.unexpected_at("", document->value(), "an object with settings");
    }
  }
  const bool is_good = found.empty();
  // In the order of the file.
  std::ranges::stable_sort(found, {}, [](const Fault& fault) { return std::pair(fault.line, fault.column); });
  for (Fault& fault : found) add_fault(faults, std::move(fault));
  return is_good ? std::optional(std::move(settings)) : std::nullopt;
}

std::string to_text(const Settings& settings) {
  Settings copy = settings;  // the table's fields point to values that they may change
  ordered_json file;
  for (const std::string_view section : section_names) {
    auto& printed = file[std::string(section)];
    if (section == "auth") printed = printed_auth(settings.auth, settings.auth_is_list);
    for (const Setting& setting : all_settings) {
      if (setting.section == section) printed[std::string(setting.key)] = printed_setting(setting.field(copy));
    }
  }
  constexpr int indent = 2;
  return file.dump(indent);
}

}  // namespace azrestored
