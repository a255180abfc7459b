// Reads and prints the setting "auth": one profile, or a list of named profiles. Called by settings.cpp. Its faults
// have the same form as those of the other settings.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <vector>

#include "config/auth_settings.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"
#include "core/json/unknown_members.hpp"

namespace azrestored {

struct AuthSection {
  std::vector<AuthSettings> profiles;  // never empty
  bool is_list = false;                // whether the file gives a list
};

/// Reads the member "auth" of the settings file. If it is absent, returns one profile with the defaults. `cloud` gives
/// the authority if the file does not. `places` lists all settings with their sections, for the fault of a misplaced
/// one.
AuthSection read_auth(const JsonDocument& file, Cloud cloud, std::vector<Fault>& faults,
                      std::span<const MemberPlace> places);

/// The names of the settings that every profile has, in a list or not.
std::vector<std::string_view> auth_keys();

nlohmann::ordered_json printed_auth(std::span<const AuthSettings> profiles, bool is_list);

}  // namespace azrestored
