// The facts about a host's certificate that azrestorectl doctor shows.
#pragma once

#include <openssl/ssl.h>

#include <optional>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct PeerCertificate {
  std::string authority;  // the issuer's common name, otherwise its organisation
  Instant good_until{};
};

/// The certificate of a completed handshake; nullopt if the host sent none, as with a resumed session.
std::optional<PeerCertificate> peer_certificate(const SSL* ssl);

}  // namespace azrestored
