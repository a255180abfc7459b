// Reads claims of JSON Web Tokens. Pure. It verifies nothing; ARM does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace azrestored {

/// When the token expires (claim `exp`, RFC 7519 4.1.4); nullopt if it is not a JSON Web Token.
std::optional<Instant> jwt_expiry(std::string_view token);

/// The text of a claim, such as `oid`; "" if the token has none or is not a JSON Web Token.
std::string jwt_claim(std::string_view token, const char* name);

}  // namespace azrestored
