// doctor: the hosts that azrestored talks to. Whether each can be reached, from its name to its certificate, and whether
// this machine's clock agrees with theirs. The probes run all at once; the findings come in the order of the hosts.
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
  /// `loop` and `options` outlive it. Throws std::runtime_error when the authorities of options.ca_file cannot be read.
  Hosts(asio::io_context& loop, const TransportOptions& options);

  /// The host of an address that the setting gives; each host once. What is no URL is left out.
  void add(const std::string& setting, const std::string& address);

  /// Probes all of them, and reports each as soon as those before it are reported; the clock at the end.
  void check(Report& report);

  /// The host of this address; nullptr when it was not added.
  [[nodiscard]] const HostProbe* at(const std::string& address) const;

 private:
  void report_clock(Report& report) const;

  asio::io_context& loop_;
  const TransportOptions& options_;
  TlsClient tls_;
  std::list<HostProbe> hosts_;
};

/// What a probe has found: of the name, and of the way to the host. `ca_file`: the setting, "" for the system's
/// authorities. Pure.
std::vector<Finding> findings_of(const HostProbe& host, const std::string& ca_file);

}  // namespace azrestored::cli
