// application/x-www-form-urlencoded values, for sign-in requests. Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// Everything but RFC 3986's unreserved characters as %XX: also right in a path segment or a query.
std::string form_encode(std::string_view text);

}  // namespace azrestored
