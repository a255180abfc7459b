// Checks of option values for CLI11. Each returns "" for a valid text, otherwise what was expected.
#pragma once

#include <string>

#include "core/base/instant.hpp"

namespace azrestored::cli {

/// A duration in the form of the settings, such as 30s, 5m or 36h.
std::string check_duration(const std::string& text);

/// A time (RFC 3339), or an age such as 24h.
std::string check_since(const std::string& text);
/// The time that `text` names. `text` must have passed check_since().
Instant since_of(const std::string& text);

/// A sort order of `list`.
std::string check_order(const std::string& text);

}  // namespace azrestored::cli
