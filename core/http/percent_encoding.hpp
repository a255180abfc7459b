// Percent-encoding (RFC 3986 2.1), for path segments, query values and forms alike: everything but the unreserved
// characters is encoded, as Microsoft's own clients do with the semicolons of item names. Boost.URL would decode and encode
// whole URLs; ours are signed by ARM and have to stay as they are to the byte (url.hpp), so only values pass here. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

std::string percent_encode(std::string_view text);

/// nullopt for a % that two hexadecimal digits do not follow. "+" stays what it is.
std::optional<std::string> percent_decode(std::string_view text);

/// People end an address with a slash or not; paths are appended to it without.
std::string without_trailing_slash(std::string text);

}  // namespace azrestored
