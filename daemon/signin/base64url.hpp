// Base64 with the URL-safe alphabet and without padding (RFC 4648 5), the encoding of JSON Web Tokens. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

std::string encode_base64url(std::string_view bytes);

/// nullopt if the text contains other characters.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace azrestored
