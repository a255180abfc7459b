// The sessions that jobs may use, by the name of their profile (the setting "auth"). A job that names none uses the
// first. Whoever builds them keeps them alive; nothing is added once jobs run.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/arm/arm_client.hpp"

namespace azrestored {

class ArmSessions {
 public:
  /// The first one added is the default.
  void add(std::string profile, ArmSession& session) { sessions_.emplace_back(std::move(profile), &session); }

  /// The profile's session, "" being the default; nullptr when there is no such profile.
  [[nodiscard]] ArmSession* find(const std::string& profile) const {
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
  std::vector<std::pair<std::string, ArmSession*>> sessions_;
};

}  // namespace azrestored
