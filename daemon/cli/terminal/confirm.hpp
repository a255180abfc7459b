// Confirmation by the operator before an action that cannot be undone. Ask only if is_person_there().
#pragma once

#include <string>

namespace azrestored::cli {

/// Standard input and standard error are both a terminal.
bool is_person_there();

/// Asks on standard error, "... [y/N] ". True if the answer is "y" or "yes", ignoring case.
bool is_confirmed(const std::string& question);

}  // namespace azrestored::cli
