// JSON Web Tokens, as far as the daemon looks into them. Pure. Nothing is verified: that is ARM's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace azrestored {

/// When the token ends (claim `exp`, RFC 7519 4.1.4); nullopt for a token of another kind.
std::optional<Instant> jwt_expiry(std::string_view token);

/// The text of a claim, such as `oid`; "" when the token has none, or is of another kind.
std::string jwt_claim(std::string_view token, const char* name);

}  // namespace azrestored
