// The profiles of the settings, each with its way to sign in, its cached token and its session with Azure Resource
// Manager; all share one transport. Built once by the composition root, stopped once.
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

class SignIns {
 public:
  /// Restores go through `arm_transport`, sign-ins through the one of `ports`. The references outlive the loop.
  SignIns(const Settings& settings, const asio::any_io_executor& executor, const SignInPorts& ports,
          Transport& arm_transport, RateBudgets& budgets);
  ~SignIns();

  [[nodiscard]] const ArmSessions& sessions() const { return sessions_; }

  /// For `status`: {ok, problem, profiles: [{name, method, ok, problem}]}. All is ok when every profile is; `problem`
  /// is the first one's, null when there is none.
  [[nodiscard]] nlohmann::json status() const;

  /// The first profile's that cannot sign in, as status() has it; nullopt while all can.
  [[nodiscard]] std::optional<std::string> problem() const;

  /// How each profile stands, for the metrics.
  [[nodiscard]] std::vector<TokenView> tokens() const;

  /// As CachedTokenSource::stop(), for all.
  void stop();

 private:
  struct Profile;
  std::vector<std::unique_ptr<Profile>> profiles_;
  ArmSessions sessions_;
};

}  // namespace azrestored
