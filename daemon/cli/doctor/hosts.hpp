// doctor: the hosts that azrestored connects to. Checks name, connection and certificate of each, and this machine's
// clock against theirs. All probes run at the same time; the findings have the order of the hosts.
#pragma once

#include <boost/asio/io_context.hpp>
#include <list>
#include <string>
#include <vector>

#include "daemon/cli/doctor/host_probe.hpp"
#include "daemon/cli/doctor/report.hpp"
#include "daemon/http_client/tls_context.hpp"
#include "daemon/http_client/transport_options.hpp"

namespace azrestored::cli {

class Hosts {
 public:
  /// `loop` and `options` outlive it. Throws std::runtime_error if the authorities of options.ca_file cannot be read.
  Hosts(asio::io_context& loop, const TransportOptions& options);

  /// Adds the host of the URL `address`, the value of `setting`, if it is new. Ignores what is not a URL.
  void add(const std::string& setting, const std::string& address);

  /// Probes all hosts. Reports each host as soon as the previous ones are reported, then the clock.
  void check(Report& report);

  /// The host of this URL, or nullptr if it was not added.
  [[nodiscard]] const HostProbe* at(const std::string& address) const;

 private:
  void report_clock(Report& report) const;

  asio::io_context& loop_;
  const TransportOptions& options_;
  TlsContext tls_;
  std::list<HostProbe> hosts_;
};

/// The findings of a probe: name, connection and certificate. `ca_file` is the setting, "" for the authorities of the
/// system. Pure.
std::vector<Finding> findings_of(const HostProbe& host, const std::string& ca_file);

}  // namespace azrestored::cli
