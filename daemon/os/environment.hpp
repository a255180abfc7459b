// The environment variables of the daemon, as a value. Tests pass their own.
#pragma once

#include <map>
#include <string>

namespace azrestored {

using Environment = std::map<std::string, std::string>;

Environment process_environment();

/// The variable's value; "" if it is not set or empty.
std::string value_in(const Environment& environment, const std::string& name);

}  // namespace azrestored
