// What people want to know of the certificate that a host has shown.
#pragma once

#include <openssl/ssl.h>

#include <optional>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct PeerCertificate {
  std::string authority;  // who has made it out, by its common name, else by its organisation
  Instant good_until{};
};

/// Of a completed handshake; nullopt when the host has shown none, as when a session is resumed.
std::optional<PeerCertificate> peer_certificate(const SSL* ssl);

}  // namespace azrestored
