// How a value that was refused would be written right, for the end of a sentence: '; write "5m"'. Each is "" when it is
// not told by the value what was meant. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace azrestored {

/// Of a number, true or false in quotes: "; write 5 without the quotes".
std::string unquoted_hint(const nlohmann::json& value);

/// Of a duration: 5, "5 minutes", "PT5M".
std::string duration_hint(const nlohmann::json& value);

/// Of a time without its zone, or a day alone. UTC is offered.
std::string time_hint(std::string_view text);

}  // namespace azrestored
