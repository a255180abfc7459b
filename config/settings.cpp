// One table says what there is; reading, printing and the list of known keys all come from it.
#include "config/settings.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <variant>

#include "config/setting_forms.hpp"
#include "core/member_reader.hpp"

namespace azrestored {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> method_names = {"managedIdentity", "clientSecret", "accessToken"};
constexpr std::array<std::string_view, 4> level_names = {"error", "warning", "info", "debug"};
constexpr std::array<std::string_view, 2> format_names = {"text", "json"};

std::span<const std::string_view> names_of(const Settings::AuthMethod*) {
  return method_names;
}
std::span<const std::string_view> names_of(const Settings::LogLevel*) {
  return level_names;
}
std::span<const std::string_view> names_of(const Settings::LogFormat*) {
  return format_names;
}

struct Text {
  std::string* value;
  bool (*is_good)(std::string_view);
  std::string_view expected;
};
struct Number {
  int* value;
  int least;
  int most;
};
using Field = std::variant<Text, Number, Millis*, Settings::AuthMethod*, Settings::LogLevel*, Settings::LogFormat*>;

struct Setting {
  std::string_view section;
  std::string_view key;
  Field (*field)(Settings&);
};

constexpr std::string_view service_url =
    "https://host or https://host:port (http only to this machine), without path and user";
constexpr std::string_view identity_url =
    "http or https, host and port (http only to this machine or 169.254.*), without path and user";
constexpr std::string_view api_version = "a version of the API such as \"2025-02-01\"";
constexpr std::string_view directory_name = "letters, digits, dots and dashes";
constexpr std::string_view path = "an absolute path";
constexpr std::string_view optional_path = "an absolute path, or \"\" for none";
constexpr std::string_view socket_path = "an absolute path of at most 107 bytes";

/// In the order in which they are printed.
constexpr Setting all_settings[] = {
    {"arm", "endpoint",
     [](Settings& s) -> Field {
       return Text{&s.arm.endpoint, is_service_url, service_url};
     }},
    {"arm", "apiVersion",
     [](Settings& s) -> Field {
       return Text{&s.arm.api_version, is_api_version, api_version};
     }},
    {"arm", "caFile",
     [](Settings& s) -> Field {
       return Text{&s.arm.ca_file, is_optional_path, optional_path};
     }},
    {"auth", "method", [](Settings& s) -> Field { return &s.auth.method; }},
    {"auth", "authority",
     [](Settings& s) -> Field {
       return Text{&s.auth.authority, is_service_url, service_url};
     }},
    {"auth", "tenantId",
     [](Settings& s) -> Field {
       return Text{&s.auth.tenant_id, is_directory_name, directory_name};
     }},
    {"auth", "clientId",
     [](Settings& s) -> Field {
       return Text{&s.auth.client_id, is_directory_name, directory_name};
     }},
    {"auth", "clientSecretFile",
     [](Settings& s) -> Field {
       return Text{&s.auth.client_secret_file, is_optional_path, optional_path};
     }},
    {"auth", "accessTokenFile",
     [](Settings& s) -> Field {
       return Text{&s.auth.access_token_file, is_optional_path, optional_path};
     }},
    {"auth", "imdsEndpoint",
     [](Settings& s) -> Field {
       return Text{&s.auth.imds_endpoint, is_identity_url, identity_url};
     }},
    {"spool", "directory",
     [](Settings& s) -> Field {
       return Text{&s.spool.directory, is_absolute_path, path};
     }},
    {"store", "path",
     [](Settings& s) -> Field {
       return Text{&s.store.path, is_absolute_path, path};
     }},
    {"control", "socket",
     [](Settings& s) -> Field {
       return Text{&s.control.socket, is_socket_path, socket_path};
     }},
    {"polling", "defaultRetryAfter", [](Settings& s) -> Field { return &s.policy.default_retry_after; }},
    {"polling", "minimumInterval", [](Settings& s) -> Field { return &s.policy.minimum_interval; }},
    {"polling", "jobInterval", [](Settings& s) -> Field { return &s.policy.job_interval; }},
    {"inDoubt", "quietPeriod", [](Settings& s) -> Field { return &s.policy.quiet_period; }},
    {"limits", "activeJobs",
     [](Settings& s) -> Field {
       return Number{&s.limits.active_jobs, 1, 1000000};
     }},
    {"limits", "connections",
     [](Settings& s) -> Field {
       return Number{&s.limits.connections, 1, 1024};
     }},
    {"log", "level", [](Settings& s) -> Field { return &s.log.level; }},
    {"log", "format", [](Settings& s) -> Field { return &s.log.format; }},
};

/// Puts one member of the file into its place; faults when it does not fit.
struct Reading {
  MemberReader& section;
  std::string_view key;
  const json& found;

  void operator()(const Text& text) const {
    if (!found.is_string() || !text.is_good(found.get_ref<const std::string&>())) {
      return section.unexpected(key, text.expected);
    }
    *text.value = found.get<std::string>();
  }

  void operator()(const Number& number) const {
    const bool is_good = found.is_number_unsigned() &&
                         found.get<std::uint64_t>() >= static_cast<unsigned>(number.least) &&
                         found.get<std::uint64_t>() <= static_cast<unsigned>(number.most);
    if (!is_good) {
      return section.unexpected(
          key, "a whole number from " + std::to_string(number.least) + " to " + std::to_string(number.most));
    }
    *number.value = found.get<int>();
  }

  void operator()(Millis* duration) const {
    const auto read = found.is_string() ? parse_duration(found.get_ref<const std::string&>()) : std::nullopt;
    if (!read || *read <= Millis::zero()) {
      return section.unexpected(key, "a duration above zero such as \"30s\" (units: ms, s, m, h, d)");
    }
    *duration = *read;
  }

  template <class Enum>
  void operator()(Enum* choice) const {
    const auto names = names_of(choice);
    const auto name = found.is_string() ? std::ranges::find(names, found.get_ref<const std::string&>()) : names.end();
    if (name == names.end()) return section.unknown_word_at(section.pointer_of(key), found, names);
    *choice = static_cast<Enum>(name - names.begin());
  }
};

struct Printing {
  ordered_json operator()(const Text& text) const { return *text.value; }
  ordered_json operator()(const Number& number) const { return *number.value; }
  ordered_json operator()(const Millis* duration) const { return to_duration(*duration); }
  template <class Enum>
  ordered_json operator()(const Enum* choice) const {
    return std::string(names_of(choice)[static_cast<std::size_t>(*choice)]);
  }
};

void read_section(MemberReader& file, std::string_view name, Settings& settings) {
  auto section = file.object(name, "an object with settings");
  if (!section) return;
  std::vector<std::string_view> keys;
  for (const Setting& setting : all_settings) {
    if (setting.section == name) keys.push_back(setting.key);
  }
  section->refuse_unknown("setting", keys);
  for (const Setting& setting : all_settings) {
    if (setting.section != name) continue;
    const json* found = section->find(setting.key);
    if (found != nullptr) std::visit(Reading{*section, setting.key, *found}, setting.field(settings));
  }
}

std::vector<std::string_view> section_names() {
  std::vector<std::string_view> names;
  for (const Setting& setting : all_settings) {
    if (names.empty() || names.back() != setting.section) names.push_back(setting.section);
  }
  return names;
}

/// What the chosen way to sign in cannot do without.
void check_sign_in(MemberReader& file, const Settings& settings) {
  const std::string pointer = file.pointer_of("auth");
  const json auth = file.value().value("auth", json::object());
  const auto need = [&](std::string_view key, const std::string& value) {
    const bool is_misread = auth.is_object() && auth.contains(key) && auth.at(std::string(key)) != "";
    if (!value.empty() || is_misread) return;  // what was given and is wrong has been told
    const auto method = names_of(&settings.auth.method)[static_cast<std::size_t>(settings.auth.method)];
    file.fault_at(child_pointer(pointer, key),
                  in_quotes(key) + " is missing; the method " + in_quotes(method) + " needs it");
  };
  switch (settings.auth.method) {
    case Settings::AuthMethod::managedIdentity:
      break;
    case Settings::AuthMethod::clientSecret:
      need("tenantId", settings.auth.tenant_id);
      need("clientId", settings.auth.client_id);
      need("clientSecretFile", settings.auth.client_secret_file);
      break;
    case Settings::AuthMethod::accessToken:
      need("accessTokenFile", settings.auth.access_token_file);
      break;
  }
}

}  // namespace

std::optional<Settings> read_settings(std::string_view text, std::vector<Fault>& faults) {
  std::vector<Fault> found;
  Settings settings;
  JsonDocument::Options options;
  options.comments = true;
  if (const auto document = JsonDocument::parse(text, options, found)) {
    MemberReader file(*document, document->value(), "", found);
    if (document->value().is_object()) {
      const auto sections = section_names();
      file.refuse_unknown("setting", sections);
      for (const std::string_view section : sections) read_section(file, section, settings);
      check_sign_in(file, settings);
    } else {
      file.unexpected_at("", document->value(), "an object with settings");
    }
  }
  const bool is_good = found.empty();
  for (Fault& fault : found) add_fault(faults, std::move(fault));
  return is_good ? std::optional(std::move(settings)) : std::nullopt;
}

std::string to_text(const Settings& settings) {
  Settings copy = settings;  // the table's fields point into what they may also change
  ordered_json file;
  for (const Setting& setting : all_settings) {
    file[std::string(setting.section)][std::string(setting.key)] = std::visit(Printing{}, setting.field(copy));
  }
  constexpr int indent = 2;
  return file.dump(indent);
}

}  // namespace azrestored
