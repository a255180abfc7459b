// doctor: the way to Azure, from the name of its hosts to a token, with each profile of the settings.
#include "daemon/cli/doctor/azure.hpp"

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <list>
#include <stdexcept>

#include "config/setting_forms.hpp"
#include "core/base/duration.hpp"
#include "daemon/cli/doctor/host_probe.hpp"
#include "daemon/cli/doctor/limits.hpp"
#include "daemon/http_client/https_transport.hpp"
#include "daemon/http_client/tls_context.hpp"
#include "daemon/os/environment.hpp"
#include "daemon/os/random_ids.hpp"
#include "daemon/os/system_clock.hpp"
#include "daemon/signin/token_providers.hpp"
#include "daemon/signin/workload_identity.hpp"

namespace azrestored::cli {
namespace {

constexpr const char* tls_subject = "tls";
constexpr const char* clock_subject = "clock";
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

std::string clock_text(Millis ahead, const std::string& host) {
  constexpr Millis unseen = std::chrono::seconds(2);  // the time is told in whole seconds
  const Millis wrong = ahead < Millis(0) ? -ahead : ahead;
  if (wrong < unseen) return "this machine's clock agrees with that of " + host;
  return "this machine's clock is " + to_age(std::chrono::round<std::chrono::seconds>(wrong)) +
         (ahead < Millis(0) ? " behind" : " ahead of") + " that of " + host;
}

/// The file is there, and not for us to read.
bool is_hidden(const std::string& path) {
  return !path.empty() && !path.starts_with(credentials_prefix) && ::access(path.c_str(), R_OK) != 0 && errno == EACCES;
}

/// Only the service knows where systemd has put its credentials.
bool is_absent_credential(const std::string& path) {
  return path.starts_with(credentials_prefix) && std::getenv("CREDENTIALS_DIRECTORY") == nullptr;
}

class AzureLook {
 public:
  AzureLook(Checkup& checkup, asio::io_context& loop)
      : checkup_(checkup),
        settings_(*checkup.settings),
        loop_(loop),
        options_(patience_of(settings_)),
        tls_(options_.ca_file),
        transport_(loop.get_executor(), options_),
        clock_(loop.get_executor()) {}

  void look() {
    look_at_hosts();
    sign_in();
    look_at_vaults();
  }

 private:
  void add_host(const std::string& setting, const std::string& address) {
    const auto url = split_url(address);
    if (!url) return;  // the settings' own form does not allow it
    for (const HostProbe& known : hosts_)
      if (known.url.origin() == url->origin()) return;
    HostProbe host;
    host.setting = setting;
    host.url = *url;
    hosts_.push_back(std::move(host));
  }

  void look_at_hosts() {
    add_host("arm.endpoint", settings_.arm.endpoint);
    for (const AuthSettings& profile : settings_.auth) add_host("auth.authority", authority_of(profile, environment_));
    std::list<UnderWay<HostProbe>> probes;
    for (const HostProbe& host : hosts_)
      probes.emplace_back(loop_, probe_host(loop_.get_executor(), host, options_, tls_));
    auto probe = probes.begin();
    for (HostProbe& host : hosts_) {
      host = probe->get();
      ++probe;
      tell_host(host);
    }
    tell_clock();
  }

  void tell_host(const HostProbe& host) {
    Report& report = checkup_.report;
    const std::string& name = host.url.host;
    if (!host.no_address.empty()) {
      report.add(
          Finding::problem("name", ExitCode::unreachable, host.no_address + " (" + host.setting + ")",
                           {Remedy::command("resolvectl query " + name), Remedy::command("cat /etc/resolv.conf")}));
      return;
    }
    if (!host.is_address) {
      report.add(Finding::ok(
          "name", name + " has " + std::to_string(host.addresses) + (host.addresses == 1 ? " address" : " addresses")));
    }
    if (!host.no_connection.empty()) {
      const std::string place = host.url.place();
      const bool is_tls = host.no_connection.starts_with("TLS");
      report.add(Finding::problem(
          tls_subject, ExitCode::unreachable, host.no_connection + " (" + host.setting + ")",
          {is_tls ? Remedy::command("openssl s_client -connect " + place + " -servername " + name + " </dev/null")
                  : Remedy::advice("Firewalls and routes have to let this machine reach " + place + ".")}));
      return;
    }
    if (!host.certificate) {
      report.add(Finding::note(tls_subject, host.url.place() + " answers, without TLS"));
      return;
    }
    report.add(Finding::ok(tls_subject, host.url.place() + " answers; its certificate is from " +
                                            host.certificate->authority + ", which " +
                                            (options_.ca_file.empty() ? "the system" : options_.ca_file) + " trusts"));
  }

  void tell_clock() {
    Report& report = checkup_.report;
    for (const HostProbe& host : hosts_) {
      if (!host.ahead) continue;
      const Verdict verdict = verdict_on_clock(*host.ahead);
      const std::string sentence = clock_text(*host.ahead, host.url.host);
      const std::vector<Remedy> remedies = {as_root("timedatectl set-ntp true"), Remedy::command("timedatectl status")};
      if (verdict == Verdict::ok) report.add(Finding::ok(clock_subject, sentence));
      if (verdict == Verdict::warning) report.add(Finding::warning(clock_subject, sentence, remedies));
      if (verdict == Verdict::problem) {
        report.add(Finding::problem(clock_subject, ExitCode::failed,
                                    sentence + "; tokens and certificates seem not yet valid, or no longer", remedies));
      }
      return;
    }
    report.add(Finding::not_checked(clock_subject, "no host of Azure's has told the time"));
  }

  [[nodiscard]] const HostProbe* host_at(const std::string& address) const {
    const auto url = split_url(address);
    for (const HostProbe& host : hosts_)
      if (url && host.url.origin() == url->origin()) return &host;
    return nullptr;
  }

  /// Why the sign-in cannot be tried. nullopt if it can.
  [[nodiscard]] std::optional<Finding> obstacle(const AuthSettings& profile) const {
    const HostProbe* authority = host_at(authority_of(profile, environment_));
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
        checkup_.report.add(std::move(*obstacle_found));
        continue;
      }
      const SignInPorts ports{transport_, clock_, ids_, environment_};
      providers.push_back(make_token_provider(profile, settings_.arm.endpoint, ports));
      tries.emplace_back(&profile, UnderWay<SignIn>(loop_, providers.back()->sign_in()));
    }
    for (auto& [profile, attempt] : tries) tell_sign_in(*profile, attempt.get());
  }

  void tell_sign_in(const AuthSettings& profile, const SignIn& outcome) {
    if (const auto* token = std::get_if<AccessToken>(&outcome)) {
      const Millis life = token->expires_at - clock_.now();
      checkup_.report.add(Finding::ok(sign_in_subject, label_of(profile) + " has a token for " +
                                                           to_age(std::chrono::floor<std::chrono::seconds>(life))));
      signed_in_.push_back(SignedIn{profile, *token});
      return;
    }
    const Error& error = std::get<SignInFailure>(outcome).error;
    const bool is_refused = error.kind() == ErrorKind::unauthorized;
    checkup_.report.add(Finding::problem(sign_in_subject, is_refused ? ExitCode::not_authorised : ExitCode::unreachable,
                                         label_of(profile) + ": " + error.sentence(), {}));
  }

  void look_at_vaults() {
    const std::string& wanted = checkup_.command.auth;
    if (checkup_.command.vaults.empty()) {
      checkup_.report.add(Finding::not_checked(rights_subject, "no vault was given",
                                               {Remedy::command("azrestorectl doctor --vault VAULT-ARM-ID")}));
    }
    for (const std::string& id : checkup_.command.vaults) {
      const VaultId vault = *VaultId::parse(id);  // checked by run()
      const SignedIn* who = nullptr;
      for (const SignedIn& each : signed_in_)
        if (each.profile.name == (wanted.empty() ? settings_.auth.front().name : wanted)) who = &each;
      const HostProbe* arm = host_at(settings_.arm.endpoint);
      if (who == nullptr || arm == nullptr || !arm->is_reached()) {
        const std::string why = who == nullptr ? "not signed in" : arm->url.host + " cannot be reached";
        checkup_.report.add(Finding::not_checked(rights_subject, vault.name + ": " + why));
      } else {
        check_rights(checkup_, loop_, transport_, *who, vault);
      }
    }
  }

  [[nodiscard]] std::string label_of(const AuthSettings& profile) const {
    return (settings_.auth.size() == 1 ? "" : "profile " + profile.name + ", ") + std::string(name_of(profile.method));
  }

  Checkup& checkup_;
  const Settings& settings_;
  asio::io_context& loop_;
  const TransportOptions options_;
  TlsClient tls_;
  HttpsTransport transport_;
  SystemClock clock_;
  RandomIds ids_;
  const Environment environment_ = process_environment();
  std::list<HostProbe> hosts_;
  std::list<SignedIn> signed_in_;
};

}  // namespace

void check_azure(Checkup& checkup) {
  // Root can read the credentials of the service, too, while it runs.
  std::error_code error;
  if (::geteuid() == 0 && std::filesystem::is_directory(service_credentials, error))
    ::setenv("CREDENTIALS_DIRECTORY", service_credentials, 0);
  try {
    const TlsClient authorities(checkup.settings->arm.ca_file);
  } catch (const std::runtime_error& unreadable) {
    checkup.report.add(Finding::problem(tls_subject, ExitCode::usage, unreadable.what(), {}));
    return;
  }
  AzureLook(checkup, endless_loop()).look();
}

}  // namespace azrestored::cli
