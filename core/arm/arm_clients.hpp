// The ArmClients of all sign-in profiles, by name (setting "auth"). A job that names no profile uses the first one.
// The creator owns the sessions and adds none after the first job has started.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/arm/arm_client.hpp"

namespace azrestored {

class ArmClients {
 public:
  /// The first one is the default.
  void add(std::string profile, ArmClient& session) { sessions_.emplace_back(std::move(profile), &session); }

  /// The session of the profile, "" for the default; nullptr if the profile does not exist.
  [[nodiscard]] ArmClient* find(const std::string& profile) const {
    for (const auto& [name, session] : sessions_) {
      if (profile.empty() || name == profile) return session;
    }
    return nullptr;
  }

  [[nodiscard]] std::vector<std::string_view> names() const {
    std::vector<std::string_view> names;
    for (const auto& [name, session] : sessions_) names.emplace_back(name);
    return names;
  }

 private:
  std::vector<std::pair<std::string, ArmClient*>> sessions_;
};

}  // namespace azrestored
