// Parses the dates of HTTP headers. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/instant.hpp"

namespace azrestored {

/// An HTTP-date in any of the three forms of RFC 9110 5.6.7.
std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace azrestored
