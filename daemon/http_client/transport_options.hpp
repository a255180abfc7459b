// The limits and deadlines of the HTTPS transport. The settings give the first two members; tests shorten the others.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct TransportOptions {
  std::string ca_file;   // arm.caFile: the only trusted authorities; "" means those of the system
  int connections = 16;  // limits.connections: at the same time, to all hosts together

  // Each phase has its own deadline, so that the failure names the phase.
  Millis resolve = std::chrono::seconds(10);
  Millis connect = std::chrono::seconds(10);  // for each address tried
  Millis handshake = std::chrono::seconds(10);
  Millis write = std::chrono::seconds(30);
  Millis read = std::chrono::seconds(60);  // header and body together; ARM itself times out after 60 s

  /// A connection that is unused for this time is closed. Azure's load balancers drop it silently after 4 minutes; the
  /// usual time between polls is one minute.
  Millis idle = std::chrono::seconds(90);

  /// At most this many addresses of a host are tried.
  std::size_t addresses_tried = 4;
  /// One header can contain two operation URLs of up to 8 KB (azure-backup-api.md 4.2).
  std::size_t head_limit = std::size_t{64} << 10U;
  /// ARM's own limit for a response.
  std::size_t body_limit = std::size_t{8} << 20U;
};

}  // namespace azrestored
