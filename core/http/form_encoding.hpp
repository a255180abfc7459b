// How sign-in requests write values (application/x-www-form-urlencoded) and addresses. Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// Everything but RFC 3986's unreserved characters as %XX: also right in a path segment or a query.
std::string form_encode(std::string_view text);

/// People end an address with a slash or not; paths are appended to it without.
std::string without_trailing_slash(std::string text);

}  // namespace azrestored
