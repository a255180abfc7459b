// doctor: the hosts of Azure (hosts.hpp), a token with each profile of the settings, and the vaults.
#include "daemon/cli/doctor/azure.hpp"

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <list>
#include <stdexcept>

#include "config/setting_forms.hpp"
#include "core/base/duration.hpp"
#include "daemon/cli/doctor/hosts.hpp"
#include "daemon/cli/doctor/under_way.hpp"
#include "daemon/http_client/https_transport.hpp"
#include "daemon/http_client/tls_context.hpp"
#include "daemon/os/environment.hpp"
#include "daemon/os/random_ids.hpp"
#include "daemon/os/system_clock.hpp"
#include "daemon/signin/token_providers.hpp"
#include "daemon/signin/workload_identity.hpp"

namespace azrestored::cli {
namespace {

constexpr const char* sign_in_tls_subject = "tls";
constexpr const char* sign_in_subject = "sign-in";
constexpr const char* rights_subject = "rights";
constexpr const char* service_credentials = "/run/credentials/azrestored.service";

/// Shorter than the daemon's timeouts, because a person waits.
TransportOptions patience_of(const Settings& settings) {
  TransportOptions options;
  options.ca_file = settings.arm.ca_file;
  options.resolve = options.handshake = options.write = std::chrono::seconds(5);
  options.connect = std::chrono::seconds(3);
  options.read = std::chrono::seconds(10);
  options.addresses_tried = 2;
  return options;
}

/// A loop that is never destroyed: its destructor would wait for a name lookup, which cannot be interrupted
/// (daemon/http_client/name_lookup.hpp).
asio::io_context& endless_loop() {
  static auto* const loop = new asio::io_context(1);
  return *loop;
}

/// The host of the profile's sign-in. "" if it is the identity service of this machine, or if there is none.
std::string authority_of(const AuthSettings& profile, const Environment& environment) {
  switch (profile.method) {
    case AuthSettings::Method::client_secret:
    case AuthSettings::Method::client_certificate:
      return profile.authority;
    case AuthSettings::Method::workload_identity: {
      const auto complete = with_environment(profile, environment);
      return complete ? complete->authority : "";
    }
    case AuthSettings::Method::managed_identity:
    case AuthSettings::Method::access_token:
      break;
  }
  return "";
}

/// The file exists, but this user may not read it.
bool is_hidden(const std::string& path) {
  return !path.empty() && !path.starts_with(credentials_prefix) && ::access(path.c_str(), R_OK) != 0 && errno == EACCES;
}

/// Only the service knows where systemd has put its credentials.
bool is_absent_credential(const std::string& path) {
  return path.starts_with(credentials_prefix) && std::getenv("CREDENTIALS_DIRECTORY") == nullptr;
}

class AzureChecks {
 public:
  AzureChecks(DoctorContext& context, asio::io_context& loop)
      : context_(context),
        settings_(*context.settings),
        loop_(loop),
        options_(patience_of(settings_)),
        hosts_(loop, options_),
        transport_(loop.get_executor(), options_),
        clock_(loop.get_executor()) {}

  void look() {
    look_at_hosts();
    sign_in();
    look_at_vaults();
  }

 private:
  void look_at_hosts() {
    hosts_.add("arm.endpoint", settings_.arm.endpoint);
    for (const AuthSettings& profile : settings_.auth)
      hosts_.add("auth.authority", authority_of(profile, environment_));
    hosts_.check(context_.report);
  }

  /// Why the sign-in cannot be tried. nullopt if it can.
  [[nodiscard]] std::optional<Finding> obstacle(const AuthSettings& profile) const {
    const HostProbe* authority = hosts_.at(authority_of(profile, environment_));
    if (authority != nullptr && !authority->is_reached()) {
      return Finding::not_checked(sign_in_subject,
                                  label_of(profile) + ": " + authority->url.host + " cannot be reached");
    }
    for (const std::string& path :
         {profile.client_secret_file, profile.client_certificate_file, profile.client_certificate_key_file,
          profile.federated_token_file, profile.access_token_file}) {
      if (is_hidden(path)) {
        return Finding::not_checked(sign_in_subject, label_of(profile) + ": " + path + " cannot be read by you",
                                    {again_as_root()});
      }
      if (is_absent_credential(path)) {
        const std::string sentence =
            label_of(profile) + ": systemd provides " + path + " to azrestored and root only, while azrestored runs";
        return Finding::not_checked(sign_in_subject, sentence,
                                    {::geteuid() == 0 ? as_root("systemctl start azrestored") : again_as_root()});
      }
    }
    return std::nullopt;
  }

  void sign_in() {
    std::list<std::unique_ptr<TokenProvider>> providers;
    std::list<std::pair<const AuthSettings*, UnderWay<SignIn>>> tries;
    for (const AuthSettings& profile : settings_.auth) {
      if (auto obstacle_found = obstacle(profile)) {
        context_.report.add(std::move(*obstacle_found));
        continue;
      }
      const SignInPorts ports{transport_, clock_, ids_, environment_};
      providers.push_back(make_token_provider(profile, settings_.arm.endpoint, ports));
      tries.emplace_back(&profile, UnderWay<SignIn>(loop_, providers.back()->sign_in()));
    }
    for (auto& [profile, attempt] : tries) report_sign_in(*profile, attempt.get());
  }

  void report_sign_in(const AuthSettings& profile, const SignIn& outcome) {
    if (const auto* token = std::get_if<AccessToken>(&outcome)) {
      const Millis life = token->expires_at - clock_.now();
      context_.report.add(Finding::ok(sign_in_subject, label_of(profile) + " has a token for " +
                                                           to_age(std::chrono::floor<std::chrono::seconds>(life))));
      signed_in_.push_back(SignedIn{profile, *token});
      return;
    }
    const Error& error = std::get<SignInFailure>(outcome).error;
    const bool is_refused = error.kind() == ErrorKind::unauthorized;
    context_.report.add(Finding::problem(sign_in_subject, is_refused ? ExitCode::not_authorised : ExitCode::unreachable,
                                         label_of(profile) + ": " + error.sentence(), {}));
  }

  void look_at_vaults() {
    const std::string& wanted = context_.command.auth;
    if (context_.command.vaults.empty()) {
      context_.report.add(Finding::not_checked(rights_subject, "no vault was given",
                                               {Remedy::command("azrestorectl doctor --vault VAULT-ARM-ID")}));
    }
    for (const std::string& id : context_.command.vaults) {
      const VaultId vault = *VaultId::parse(id);  // checked and tidied by run()
      const SignedIn* who = nullptr;
      for (const SignedIn& each : signed_in_)
        if (each.profile.name == (wanted.empty() ? settings_.auth.front().name : wanted)) who = &each;
      const HostProbe* arm = hosts_.at(settings_.arm.endpoint);
      if (who == nullptr || arm == nullptr || !arm->is_reached()) {
        const std::string why = who == nullptr ? "not signed in" : arm->url.host + " cannot be reached";
        context_.report.add(Finding::not_checked(rights_subject, vault.name + ": " + why));
      } else {
        check_rights(context_, loop_, transport_, *who, vault);
      }
    }
  }

  [[nodiscard]] std::string label_of(const AuthSettings& profile) const {
    return (settings_.auth.size() == 1 ? "" : "profile " + profile.name + ", ") + std::string(name_of(profile.method));
  }

  DoctorContext& context_;
  const Settings& settings_;
  asio::io_context& loop_;
  const TransportOptions options_;
  Hosts hosts_;
  HttpsTransport transport_;
  SystemClock clock_;
  RandomIds ids_;
  const Environment environment_ = process_environment();
  std::list<SignedIn> signed_in_;
};

}  // namespace

void check_azure(DoctorContext& context) {
  // Root can read the credentials of the service, too, while it runs.
  std::error_code error;
  if (::geteuid() == 0 && std::filesystem::is_directory(service_credentials, error))
    ::setenv("CREDENTIALS_DIRECTORY", service_credentials, 0);
  try {
    const TlsContext authorities(context.settings->arm.ca_file);
  } catch (const std::runtime_error& unreadable) {
    context.report.add(Finding::problem(sign_in_tls_subject, ExitCode::usage, unreadable.what(), {}));
    return;
  }
  AzureChecks(context, endless_loop()).look();
}

}  // namespace azrestored::cli
