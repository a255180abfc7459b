// Percent-encoding (RFC 3986 2.1) of path segments, query values and forms. Encodes everything except the unreserved
// characters, as Microsoft's clients do with the semicolons in item names. Encodes values only, never whole URLs: ARM
// signs its URLs, and Boost.URL would change their bytes (url.hpp). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

std::string percent_encode(std::string_view text);

/// nullopt if a % is not followed by two hexadecimal digits. "+" is not decoded.
std::optional<std::string> percent_decode(std::string_view text);

/// Prepares an address from the settings, which may end with slashes, for a path that is appended to it.
std::string without_trailing_slash(std::string text);

}  // namespace azrestored
