// Many jobs at a glance: one `azrestorectl list` instead of a `show` for each.
#pragma once

#include <map>
#include <string>

#include "tests/support/installation.hpp"

namespace azrestored::test {

/// The states of all jobs by their names, once there are so many and all are at rest; fails the test when they never
/// are.
std::map<std::string, std::string> states_at_rest(const Installation& installation, std::size_t jobs);

}  // namespace azrestored::test
