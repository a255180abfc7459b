#include "daemon/signin/token_providers.hpp"

#include "daemon/signin/entra_sign_in.hpp"
#include "daemon/signin/jwt.hpp"
#include "daemon/signin/managed_identity.hpp"
#include "daemon/signin/secret_file.hpp"
#include "daemon/signin/sign_in_response.hpp"
#include "daemon/signin/workload_identity.hpp"

namespace azrestored {
namespace {

/// A token in a file that another program renews.
class TokenFile final : public TokenProvider {
 public:
  TokenFile(std::string path, const Clock& clock) : path_(std::move(path)), clock_(clock) {}

  asio::awaitable<SignIn> sign_in() override {
    auto text = read_secret_line(SecretFile{path_, "access token"}, SecretKind::token);
    if (!text) co_return sign_in_failure(ErrorKind::unauthorized, text.error().sentence());
    const Instant now = clock_.now();
    AccessToken token;
    token.value = std::move(*text);
    token.expires_at = jwt_expiry(token.value).value_or(now + unstated_life);
    if (token.expires_at <= now) {
      co_return sign_in_failure(ErrorKind::unauthorized, "the access token in " + path_ + " expired at " +
                                                             to_rfc3339(token.expires_at) + "; put a new one there");
    }
    co_return token;
  }

 private:
  const std::string path_;
  const Clock& clock_;
};

/// A profile with a missing part: every sign-in fails with that error.
class FailingTokenProvider final : public TokenProvider {
 public:
  explicit FailingTokenProvider(const Error& error) : failure_(sign_in_failure(error.kind(), error.sentence())) {}
  asio::awaitable<SignIn> sign_in() override { co_return failure_; }

 private:
  const SignInFailure failure_;
};

std::unique_ptr<TokenProvider> application(const AuthSettings& profile, const std::string& resource,
                                           const SignInPorts& ports) {
  return std::make_unique<EntraSignIn>(profile, resource, make_entra_credential(profile, ports.clock, ports.ids),
                                       ports.transport, ports.clock);
}

std::unique_ptr<TokenProvider> workload(const AuthSettings& profile, const std::string& resource,
                                        const SignInPorts& ports) {
  const auto complete = with_environment(profile, ports.environment);
  if (!complete) return std::make_unique<FailingTokenProvider>(complete.error());
  return application(*complete, resource, ports);
}

std::unique_ptr<TokenProvider> machine(const AuthSettings& profile, const std::string& resource,
                                       const SignInPorts& ports) {
  const auto host = identity_host(profile, ports.environment);
  if (!host) return std::make_unique<FailingTokenProvider>(host.error());
  return std::make_unique<ManagedIdentity>(*host, identity_request(*host, profile, resource), profile.arc_token_folder,
                                           ports.transport, ports.clock);
}

}  // namespace

std::unique_ptr<TokenProvider> make_token_provider(const AuthSettings& profile, const std::string& resource,
                                                   const SignInPorts& ports) {
  switch (profile.method) {
    case AuthSettings::Method::access_token:
      return std::make_unique<TokenFile>(profile.access_token_file, ports.clock);
    case AuthSettings::Method::client_secret:
    case AuthSettings::Method::client_certificate:
      return application(profile, resource, ports);
    case AuthSettings::Method::workload_identity:
      return workload(profile, resource, ports);
    case AuthSettings::Method::managed_identity:
      return machine(profile, resource, ports);
  }
  return nullptr;  // not reached: the switch is complete
}

}  // namespace azrestored
