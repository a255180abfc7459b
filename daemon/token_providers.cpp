#include "daemon/token_providers.hpp"

#include "daemon/form_encoding.hpp"
#include "daemon/jwt.hpp"
#include "daemon/secret_file.hpp"
#include "daemon/sign_in_answer.hpp"

namespace azrestored {
namespace {

SignInFailure cannot_sign_in(ErrorKind kind, const std::string& why) {
  SignInFailure failure;
  failure.error = Error(kind, "cannot sign in: " + why);
  return failure;
}

std::string without_trailing_slash(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

/// A token kept in a file by somebody else.
class TokenFile final : public TokenProvider {
 public:
  TokenFile(std::string path, const Clock& clock) : path_(std::move(path)), clock_(clock) {}

  asio::awaitable<SignIn> sign_in() override {
    auto text = read_secret_file(path_, "access token");
    if (!text) co_return cannot_sign_in(ErrorKind::unauthorized, text.error().sentence());
    const Instant now = clock_.now();
    AccessToken token;
    token.value = std::move(*text);
    token.expires_at = jwt_expiry(token.value).value_or(now + unstated_life);
    if (token.expires_at <= now) {
      co_return cannot_sign_in(ErrorKind::unauthorized, "the access token in " + path_ + " expired at " +
                                                            to_rfc3339(token.expires_at) + "; put a new one there");
    }
    co_return token;
  }

 private:
  const std::string path_;
  const Clock& clock_;
};

/// An application's secret, at Microsoft Entra's v2 endpoint (API.md 8.1).
class ClientSecret final : public TokenProvider {
 public:
  ClientSecret(const Settings& settings, Transport& transport, const Clock& clock)
      : url_(without_trailing_slash(settings.auth.authority) + "/" + form_encode(settings.auth.tenant_id) +
             "/oauth2/v2.0/token"),
        scope_(without_trailing_slash(settings.arm.endpoint) + "/.default"),
        client_id_(settings.auth.client_id),
        secret_file_(settings.auth.client_secret_file),
        transport_(transport),
        clock_(clock) {}

  asio::awaitable<SignIn> sign_in() override {
    const auto secret = read_secret_file(secret_file_, "client secret");
    if (!secret) co_return cannot_sign_in(ErrorKind::unauthorized, secret.error().sentence());
    HttpRequest request;
    request.method = "POST";
    request.url = url_;
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.headers.emplace_back("Accept", "application/json");
    request.body = "client_id=" + form_encode(client_id_) + "&scope=" + form_encode(scope_) +
                   "&grant_type=client_credentials&client_secret=" + form_encode(*secret);
    request.fresh_connection = true;  // once an hour; a POST on a stale connection would be lost
    const auto answer = co_await transport_.exchange(request);
    if (const auto* failed = std::get_if<TransportFailure>(&answer)) {
      co_return cannot_sign_in(ErrorKind::transient, failed->sentence);
    }
    SignInContext context;
    context.secret = *secret;
    context.secret_file = secret_file_;
    co_return read_entra_answer(std::get<HttpResponse>(answer), context, clock_.now());
  }

 private:
  const std::string url_;
  const std::string scope_;
  const std::string client_id_;
  const std::string secret_file_;
  Transport& transport_;
  const Clock& clock_;
};

/// The identity of the virtual machine that we run on, from its metadata service (API.md 8.4).
class ManagedIdentity final : public TokenProvider {
 public:
  ManagedIdentity(const Settings& settings, Transport& transport, const Clock& clock)
      : url_(without_trailing_slash(settings.auth.imds_endpoint) +
             "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" +
             form_encode(without_trailing_slash(settings.arm.endpoint))),
        transport_(transport),
        clock_(clock) {
    if (!settings.auth.client_id.empty()) url_ += "&client_id=" + form_encode(settings.auth.client_id);
  }

  asio::awaitable<SignIn> sign_in() override {
    HttpRequest request;
    request.url = url_;
    request.headers.emplace_back("Metadata", "true");
    const auto answer = co_await transport_.exchange(request);
    if (const auto* failed = std::get_if<TransportFailure>(&answer)) {
      co_return cannot_sign_in(ErrorKind::transient,
                               "the metadata service of this machine gives no managed identity: " + failed->sentence +
                                   "; outside of Azure set auth.method to clientSecret or accessToken");
    }
    co_return read_imds_answer(std::get<HttpResponse>(answer), clock_.now());
  }

 private:
  std::string url_;
  Transport& transport_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<TokenProvider> make_token_provider(const Settings& settings, Transport& transport, Clock& clock) {
  switch (settings.auth.method) {
    case Settings::AuthMethod::accessToken:
      return std::make_unique<TokenFile>(settings.auth.access_token_file, clock);
    case Settings::AuthMethod::clientSecret:
      return std::make_unique<ClientSecret>(settings, transport, clock);
    case Settings::AuthMethod::managedIdentity:
      return std::make_unique<ManagedIdentity>(settings, transport, clock);
  }
  return nullptr;  // not reached: the switch is complete
}

}  // namespace azrestored
