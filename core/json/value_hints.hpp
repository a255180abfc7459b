// Suggestions for a refused value, for the end of a sentence: '; write "5m"'. Each is "" if the value does not show
// what was meant. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace azrestored {

/// For a number, true or false in quotes: "; write 5 without quotes".
std::string unquoted_hint(const nlohmann::json& value);

/// For a duration: 5, "5 minutes", "PT5M".
std::string duration_hint(const nlohmann::json& value);

/// For a time without a zone, or a date alone. Suggests UTC.
std::string time_hint(std::string_view text);

}  // namespace azrestored
