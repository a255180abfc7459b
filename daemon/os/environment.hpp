// The variables that the daemon was started with, as a value: tests choose their own.
#pragma once

#include <map>
#include <string>

namespace azrestored {

using Environment = std::map<std::string, std::string>;

Environment process_environment();

/// The variable's value; "" when it is not set, as nobody here tells the two apart.
std::string value_in(const Environment& environment, const std::string& name);

}  // namespace azrestored
