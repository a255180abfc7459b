// Many jobs at once: one request for the list instead of one for each job.
#pragma once

#include <map>
#include <string>

#include "tests/support/installation.hpp"

namespace azrestored::test {

/// The states of all jobs by name, after that many jobs (200 at most: one page) exist and all are at rest. Fails the test
/// if that never happens.
std::map<std::string, std::string> states_at_rest(const Installation& installation, std::size_t jobs);

}  // namespace azrestored::test
