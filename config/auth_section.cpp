#include "config/auth_section.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "config/setting_field.hpp"
#include "config/setting_forms.hpp"
#include "core/base/profile_name.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> method_names = {"managedIdentity", "clientSecret", "clientCertificate",
                                                          "workloadIdentity", "accessToken"};
constexpr std::array<std::string_view, 2> algorithm_names = {"PS256", "RS256"};

struct Setting {
  std::string_view key;
  SettingField (*field)(AuthSettings&);
};

SettingField directory_name(std::string& value) {
  return TextField{&value, is_directory_name, forms::directory_name};
}

SettingField secret_path(std::string& value) {
  return TextField{&value, is_optional_secret_path, forms::optional_secret_path, secret_file_hint, true};
}

/// In the order of printing. Only a profile in a list has the first setting.
constexpr Setting all_settings[] = {
    {"name",
     [](AuthSettings& s) -> SettingField {
       return TextField{&s.name, is_profile_name, profile_name_form};
     }},
    {"method", [](AuthSettings& s) -> SettingField { return choice(s.method, method_names); }},
    {"authority",
     [](AuthSettings& s) -> SettingField {
       return TextField{&s.authority, is_optional_service_url, forms::optional_service_url, service_url_hint};
     }},
    {"tenantId", [](AuthSettings& s) { return directory_name(s.tenant_id); }},
    {"clientId", [](AuthSettings& s) { return directory_name(s.client_id); }},
    {"clientSecretFile", [](AuthSettings& s) { return secret_path(s.client_secret_file); }},
    {"clientCertificateFile", [](AuthSettings& s) { return secret_path(s.client_certificate_file); }},
    {"clientCertificateKeyFile", [](AuthSettings& s) { return secret_path(s.client_certificate_key_file); }},
    {"clientCertificateAlgorithm",
     [](AuthSettings& s) -> SettingField { return choice(s.client_certificate_algorithm, algorithm_names); }},
    {"federatedTokenFile", [](AuthSettings& s) { return secret_path(s.federated_token_file); }},
    {"accessTokenFile", [](AuthSettings& s) { return secret_path(s.access_token_file); }},
    {"objectId", [](AuthSettings& s) { return directory_name(s.object_id); }},
    {"resourceId",
     [](AuthSettings& s) -> SettingField {
       return TextField{&s.resource_id, is_identity_id, forms::identity_id, identity_id_hint};
     }},
    {"imdsEndpoint",
     [](AuthSettings& s) -> SettingField {
       return TextField{&s.imds_endpoint, is_identity_url, forms::identity_url, identity_url_hint};
     }},
    {"arcTokenFolder",
     [](AuthSettings& s) -> SettingField {
       return TextField{&s.arc_token_folder, is_absolute_path, forms::path, path_hint};
     }},
};

std::span<const Setting> settings_of(bool in_list) {
  return std::span(all_settings).subspan(in_list ? 0 : 1);
}

std::vector<std::string_view> keys_of(bool in_list) {
  std::vector<std::string_view> keys;
  for (const Setting& setting : settings_of(in_list)) keys.push_back(setting.key);
  return keys;
}

/// Reports a required setting that is "". If the file gives it in a wrong form, that fault is already reported.
struct Needs {
  ObjectReader& section;
  std::string_view method;

  void operator()(std::string_view key, const std::string& value) const {
    const json* given = section.find(key);
    if (!value.empty() || (given != nullptr && *given != "")) return;
    section.fault(key, in_quotes(key) + " is missing; the method " + in_quotes(method) + " needs it");
  }
};

/// A managed identity is the machine's own, or is named by exactly one setting.
void check_identity_names(ObjectReader& section, const AuthSettings& profile) {
  std::vector<std::string_view> given;
  if (!profile.client_id.empty()) given.emplace_back("clientId");
  if (!profile.object_id.empty()) given.emplace_back("objectId");
  if (!profile.resource_id.empty()) given.emplace_back("resourceId");
  if (given.size() < 2) return;
  section.fault(given[1], in_quotes(given[0]) + " and " + in_quotes(given[1]) +
                              " both name a managed identity; remove one of them");
}

/// Reports the settings that the method requires and the file does not give.
void check_method(ObjectReader& section, const AuthSettings& profile) {
  const Needs need{section, name_of(profile.method)};
  switch (profile.method) {
    case AuthSettings::Method::managed_identity:
      return check_identity_names(section, profile);
    case AuthSettings::Method::client_secret:
      need("tenantId", profile.tenant_id);
      need("clientId", profile.client_id);
      return need("clientSecretFile", profile.client_secret_file);
    case AuthSettings::Method::client_certificate:
      need("tenantId", profile.tenant_id);
      need("clientId", profile.client_id);
      return need("clientCertificateFile", profile.client_certificate_file);
    case AuthSettings::Method::workload_identity:
      return;  // the daemon's environment may give what the file does not
    case AuthSettings::Method::access_token:
      return need("accessTokenFile", profile.access_token_file);
  }
}

AuthSettings read_profile(ObjectReader section, Cloud cloud, bool in_list, std::span<const MemberPlace> places) {
  AuthSettings profile;
  profile.authority.clear();
  refuse_unknown(section, "setting", keys_of(in_list), places);
  for (const Setting& setting : settings_of(in_list)) read_setting(section, setting.key, setting.field(profile));
  profile.authority_is_given = !profile.authority.empty();
  if (!profile.authority_is_given) profile.authority = addresses_of(cloud).authority;
  check_method(section, profile);
  return profile;
}

/// Jobs select a profile by its name, so each name must be given and unique.
void check_name(ObjectReader& section, std::span<const AuthSettings> before, const AuthSettings& profile) {
  if (section.find("name") == nullptr) {
    return section.fault("name",
                         "\"name\" is missing; each profile in a list needs a name, which jobs use to select it");
  }
  const auto same = std::ranges::find(before, profile.name, &AuthSettings::name);
  if (same == before.end()) return;
  section.fault("name",
                "two profiles have the name " + in_quotes(profile.name) + "; give each profile a different name");
}

std::vector<AuthSettings> read_list(const JsonDocument& file, const json& list, Cloud cloud, std::vector<Fault>& faults,
                                    std::span<const MemberPlace> places) {
  const std::string pointer = child_pointer("", "auth");
  std::vector<AuthSettings> profiles;
  for (std::size_t i = 0; i < list.size(); ++i) {
    ObjectReader section(file, list[i], child_pointer(pointer, std::to_string(i)), faults);
    if (!list[i].is_object()) {
      section.unexpected_at(section.pointer(), list[i], "an object with \"name\" and settings");
      continue;
    }
    AuthSettings profile = read_profile(section, cloud, true, places);
    check_name(section, profiles, profile);
    profiles.push_back(std::move(profile));
  }
  if (list.empty()) {
    add_fault(faults, file.fault(pointer, "found an empty list; expected at least one profile"));
  }
  return profiles;
}

}  // namespace

std::string_view name_of(AuthSettings::Method method) {
  return method_names[static_cast<std::size_t>(method)];
}

std::vector<std::string_view> auth_keys() {
  return keys_of(false);
}

AuthSection read_auth(const JsonDocument& file, Cloud cloud, std::vector<Fault>& faults,
                      std::span<const MemberPlace> places) {
  static const json nothing = json::object();
  const auto member = file.value().find("auth");
  const json& auth = member == file.value().end() ? nothing : *member;
  AuthSection section;
  section.is_list = auth.is_array();
  if (section.is_list) {
    section.profiles = read_list(file, auth, cloud, faults, places);
  } else {
    ObjectReader single(file, auth, child_pointer("", "auth"), faults);
    if (auth.is_object()) {
      section.profiles = {read_profile(single, cloud, false, places)};
    } else {
      single.unexpected_at(single.pointer(), auth, "an object with settings, or a list of such objects with names");
    }
  }
  return section;
}

ordered_json printed_auth(std::span<const AuthSettings> profiles, bool is_list) {
  ordered_json list = ordered_json::array();
  for (AuthSettings profile : profiles) {  // a copy: the table's fields point to values that they may change
    ordered_json section;
    for (const Setting& setting : settings_of(is_list)) {
      section[std::string(setting.key)] = printed_setting(setting.field(profile));
    }
    list.push_back(std::move(section));
  }
  return is_list ? list : list.front();
}

}  // namespace azrestored
