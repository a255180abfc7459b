#include "daemon/cli/doctor/hosts.hpp"

#include "core/base/duration.hpp"
#include "daemon/cli/doctor/checks.hpp"
#include "daemon/cli/doctor/limits.hpp"
#include "daemon/cli/doctor/under_way.hpp"

namespace azrestored::cli {
namespace {

constexpr const char* name_subject = "name";
constexpr const char* tls_subject = "tls";
constexpr const char* clock_subject = "clock";

std::string clock_text(Millis ahead, const std::string& host) {
  constexpr Millis unseen = std::chrono::seconds(2);  // an HTTP date has whole seconds
  const Millis wrong = ahead < Millis(0) ? -ahead : ahead;
  if (wrong < unseen) return "this machine's clock agrees with that of " + host;
  return "this machine's clock is " + to_age(std::chrono::round<std::chrono::seconds>(wrong)) +
         (ahead < Millis(0) ? " behind" : " ahead of") + " that of " + host;
}

Finding finding_of(const HostProbe& host, const ConnectionFailure& failure) {
  const std::string& name = host.url.host;
  const std::string place = host.url.place();
  const std::string sentence = failure.sentence + " (" + host.setting + ")";
  switch (failure.phase) {
    case HostProbe::Failure::name:
      return Finding::problem(name_subject, ExitCode::unreachable, sentence,
                              {Remedy::command("resolvectl query " + name), Remedy::command("cat /etc/resolv.conf")});
    case HostProbe::Failure::tcp:
      return Finding::problem(tls_subject, ExitCode::unreachable, sentence,
                              {Remedy::advice("Firewalls and routes must allow this machine to reach " + place + ".")});
    case HostProbe::Failure::tls:
      return Finding::problem(
          tls_subject, ExitCode::unreachable, sentence,
          {Remedy::command("openssl s_client -connect " + place + " -servername " + name + " </dev/null")});
  }
  return {};
}

}  // namespace

std::vector<Finding> findings_of(const HostProbe& host, const std::string& ca_file) {
  std::vector<Finding> findings;
  const bool is_found = !host.failure || host.failure->phase != HostProbe::Failure::name;
  if (is_found && !host.is_address) {
    findings.push_back(Finding::ok(name_subject, host.url.host + " has " + std::to_string(host.addresses) +
                                                     (host.addresses == 1 ? " address" : " addresses")));
  }
  if (host.failure) {
    findings.push_back(finding_of(host, *host.failure));
  } else if (!host.certificate) {
    findings.push_back(Finding::note(tls_subject, host.url.place() + " responds, without TLS"));
  } else {
    findings.push_back(Finding::ok(tls_subject, host.url.place() + " responds; its certificate is from " +
                                                    host.certificate->authority + ", which " +
                                                    (ca_file.empty() ? "the system" : ca_file) + " trusts"));
  }
  return findings;
}

Hosts::Hosts(asio::io_context& loop, const TransportOptions& options)
    : loop_(loop), options_(options), tls_(options.ca_file) {}

void Hosts::add(const std::string& setting, const std::string& address) {
  const auto url = split_url(address);
  if (!url || at(address) != nullptr) return;  // the settings do not allow what is not a URL
  HostProbe host;
  host.setting = setting;
  host.url = *url;
  hosts_.push_back(std::move(host));
}

void Hosts::check(Report& report) {
  std::list<UnderWay<HostProbe>> probes;
  for (const HostProbe& host : hosts_)
    probes.emplace_back(loop_, probe_host(loop_.get_executor(), host, options_, tls_));
  auto probe = probes.begin();
  for (HostProbe& host : hosts_) {
    host = probe->get();
    ++probe;
    for (Finding& finding : findings_of(host, options_.ca_file)) report.add(std::move(finding));
  }
  report_clock(report);
}

const HostProbe* Hosts::at(const std::string& address) const {
  const auto url = split_url(address);
  for (const HostProbe& host : hosts_)
    if (url && host.url.origin() == url->origin()) return &host;
  return nullptr;
}

void Hosts::report_clock(Report& report) const {
  for (const HostProbe& host : hosts_) {
    if (!host.ahead) continue;
    const CheckStatus verdict = verdict_on_clock(*host.ahead);
    const std::string sentence = clock_text(*host.ahead, host.url.host);
    const std::vector<Remedy> remedies = {as_root("timedatectl set-ntp true"), Remedy::command("timedatectl status")};
    if (verdict == CheckStatus::ok) report.add(Finding::ok(clock_subject, sentence));
    if (verdict == CheckStatus::warning) report.add(Finding::warning(clock_subject, sentence, remedies));
    if (verdict == CheckStatus::problem) {
      report.add(Finding::problem(clock_subject, ExitCode::failed,
                                  sentence + "; tokens and certificates can seem expired or not yet valid", remedies));
    }
    return;
  }
  report.add(Finding::not_checked(clock_subject, "no response of Azure's hosts contained the time"));
}

}  // namespace azrestored::cli
