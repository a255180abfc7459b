// What options of azrestorectl take, as checks for CLI11: each gives "" when the text will do, else what is expected.
#pragma once

#include <string>

#include "core/base/instant.hpp"

namespace azrestored::cli {

/// A duration as settings write it.
std::string check_duration(const std::string& text);

/// A time, or how long ago it was.
std::string check_since(const std::string& text);
/// What has passed check_since().
Instant since_of(const std::string& text);

/// What `list` sorts by.
std::string check_order(const std::string& text);

}  // namespace azrestored::cli
