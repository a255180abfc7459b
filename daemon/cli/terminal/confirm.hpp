// A person's yes before something that cannot be taken back. Nobody is asked who is not there: see is_person_there().
#pragma once

#include <string>

namespace azrestored::cli {

/// Standard input and standard error are both a terminal: a question is read, and its answer comes from a person.
bool is_person_there();

/// Asks on standard error, "... [y/N] ". True when the answer is "y" or "yes".
bool is_confirmed(const std::string& question);

}  // namespace azrestored::cli
