// Percent-encoding (RFC 3986 2.1) of path segments, query values and forms. Encodes everything except the unreserved
// characters, as Microsoft's clients do with the semicolons in item names. Whole URLs are never encoded again: ARM signs its URLs,
// and Boost.URL would change their bytes (url.hpp). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

std::string percent_encode(std::string_view text);

/// nullopt if a % is not followed by two hexadecimal digits. "+" is not decoded.
std::optional<std::string> percent_decode(std::string_view text);

/// A path whose segments are decoded once. A segment keeps its bytes if it would decode to something that is no name:
/// to bytes that are not UTF-8, to nothing, to a dot segment, or to a text with / ? # % \ or control characters.
std::string decode_segments(std::string_view path);

/// Encodes only what may stand nowhere in a URL (RFC 3986 2): blanks, "<>\^`{|}, bytes beyond ASCII, and a % that
/// begins no escape. Everything else keeps its bytes, and so does a text that is already encoded. Control characters
/// stay, so that the URL is refused: nobody writes them by mistake.
std::string encode_forbidden(std::string_view text);

/// Prepares an address from the settings, which may end with slashes, for a path that is appended to it.
std::string without_trailing_slash(std::string text);

}  // namespace azrestored
