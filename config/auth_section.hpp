// Reading and printing "auth": one profile, or a list of named ones. settings.cpp calls it; the faults read like those
// of every other setting.
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
  bool is_list = false;                // as the file has it
};

/// Reads the member "auth" of the settings file; without one, a single profile with the defaults. `cloud` gives the
/// authority where the file does not; `places` are those of every setting.
AuthSection read_auth(const JsonDocument& file, Cloud cloud, std::vector<Fault>& faults,
                      std::span<const MemberPlace> places);

/// The names of the settings of every profile, be it in a list or not.
std::vector<std::string_view> auth_keys();

nlohmann::ordered_json printed_auth(std::span<const AuthSettings> profiles, bool is_list);

}  // namespace azrestored
