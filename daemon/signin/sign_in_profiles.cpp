#include "daemon/signin/sign_in_profiles.hpp"

#include <nlohmann/json.hpp>

#include "core/json/fault.hpp"
#include "daemon/signin/cached_token_source.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

ArmTarget target_of(const Settings& settings) {
  ArmTarget target;
  target.endpoint = settings.arm.endpoint;
  target.api_version = settings.arm.api_version;
  target.cross_region_api_version = settings.arm.cross_region_api_version;
  return target;
}

json or_null(const std::optional<std::string>& text) {
  return text ? json(*text) : json();
}

}  // namespace

struct SignInProfiles::Profile {
  Profile(const AuthSettings& auth, const Settings& settings, const asio::any_io_executor& executor,
          const SignInPorts& ports, Transport& arm_transport, RateLimiter& budgets)
      : name(auth.name),
        method(name_of(auth.method)),
        provider(make_token_provider(auth, settings.arm.endpoint, ports)),
        tokens(executor, *provider, ports.clock, ports.ids),
        session(target_of(settings), arm_transport, tokens, ports.ids, budgets, auth.name) {}

  const std::string name;
  const std::string method;
  const std::unique_ptr<TokenProvider> provider;
  CachedTokenSource tokens;
  ArmClient session;
};

SignInProfiles::SignInProfiles(const Settings& settings, const asio::any_io_executor& executor,
                               const SignInPorts& ports, Transport& arm_transport, RateLimiter& budgets) {
  for (const AuthSettings& auth : settings.auth) {
    profiles_.push_back(std::make_unique<Profile>(auth, settings, executor, ports, arm_transport, budgets));
    sessions_.add(auth.name, profiles_.back()->session);
  }
}

SignInProfiles::~SignInProfiles() = default;

json SignInProfiles::status() const {
  json list = json::array();
  for (const auto& profile : profiles_) {
    const auto& problem = profile->tokens.problem();
    list.push_back(
        {{"name", profile->name}, {"method", profile->method}, {"ok", !problem}, {"problem", or_null(problem)}});
  }
  const auto first = problem();
  return {{"ok", !first}, {"problem", or_null(first)}, {"profiles", list}};
}

std::optional<std::string> SignInProfiles::problem() const {
  for (const auto& profile : profiles_) {
    const auto& problem = profile->tokens.problem();
    if (!problem) continue;
    return profiles_.size() == 1 ? *problem : "profile " + in_quotes(profile->name) + ": " + *problem;
  }
  return std::nullopt;
}

std::vector<TokenStatus> SignInProfiles::tokens() const {
  std::vector<TokenStatus> views;
  for (const auto& profile : profiles_) {
    views.push_back(profile->tokens.view());
    views.back().profile = profile->name;
  }
  return views;
}

void SignInProfiles::stop() {
  for (const auto& profile : profiles_) profile->tokens.stop();
}

}  // namespace azrestored
