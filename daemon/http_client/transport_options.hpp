// The numbers of the HTTPS transport, each with its reason. Settings give the first two; tests shorten the others.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct TransportOptions {
  std::string ca_file;   // arm.caFile: the only authorities that are trusted; "" means the system's
  int connections = 16;  // limits.connections: in being at once, over all hosts

  // Each phase has its own deadline, so that the failure says which one the peer did not keep.
  Millis resolve = std::chrono::seconds(10);
  Millis connect = std::chrono::seconds(10);  // for each address tried
  Millis handshake = std::chrono::seconds(10);
  Millis write = std::chrono::seconds(30);
  Millis read = std::chrono::seconds(60);  // head and body together; ARM itself gives up after 60 s

  /// Unused so long, a connection is closed by us: well before the 4 minutes after which Azure's load balancers forget
  /// it silently, and longer than the usual minute between polls.
  Millis idle = std::chrono::seconds(90);

  /// A host with more addresses than this is given up before the rest is tried.
  std::size_t addresses_tried = 4;
  /// Two operation URLs of up to 8 KB arrive in one head (API.md 4.2).
  std::size_t head_limit = std::size_t{64} << 10U;
  /// ARM's own limit of an answer.
  std::size_t body_limit = std::size_t{8} << 20U;
};

}  // namespace azrestored
