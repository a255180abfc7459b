// Base64 with the URL-safe alphabet and without padding (RFC 4648 5): what JSON Web Tokens are written in. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

std::string encode_base64url(std::string_view bytes);

/// nullopt when the text is something else.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace azrestored
