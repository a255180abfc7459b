// The sign-in profiles of the settings, each with its token provider, its cached token and its client of Azure Resource
// Manager. All use the same transport. The composition root builds and stops them once.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "config/settings.hpp"
#include "core/arm/arm_clients.hpp"
#include "core/arm/token_status.hpp"
#include "daemon/signin/token_providers.hpp"

namespace azrestored {

class SignInProfiles {
 public:
  /// Requests to ARM use `arm_transport`; sign-ins use the transport of `ports`. The references must outlive the loop.
  SignInProfiles(const Settings& settings, const asio::any_io_executor& executor, const SignInPorts& ports,
                 Transport& arm_transport, RateLimiter& budgets);
  ~SignInProfiles();

  [[nodiscard]] const ArmClients& sessions() const { return sessions_; }

  /// For `status`: {ok, problem, profiles: [{name, method, ok, problem}]}. `ok` is true if every profile is ok.
  /// `problem` is that of the first profile with one, otherwise null.
  [[nodiscard]] nlohmann::json status() const;

  /// The problem of the first profile that cannot sign in; nullopt if all can.
  [[nodiscard]] std::optional<std::string> problem() const;

  /// The token status of each profile, for the metrics.
  [[nodiscard]] std::vector<TokenStatus> tokens() const;

  /// Calls CachedTokenSource::stop() for all profiles.
  void stop();

 private:
  struct Profile;
  std::vector<std::unique_ptr<Profile>> profiles_;
  ArmClients sessions_;
};

}  // namespace azrestored
