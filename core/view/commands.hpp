// Commands of the Azure CLI that an operator may need after a restore: to create a VM from restored disks, and to list
// what an unsuccessful restore left in Azure. Made from what Azure reported, so each value is quoted for the shell, and
// a value that cannot be quoted safely gives no command. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/job/job.hpp"

namespace azrestored {

/// [{"purpose": a phrase, "lines": [lines for a POSIX shell, in order]}]; empty if there is nothing to run.
nlohmann::json commands_view(const Job& job);

/// True if Azure reports a template that creates a VM from the restored disks: a RestoreDisks job that ended well.
bool has_template(const Job& job);

/// The text as one word of a POSIX shell, in single quotes if necessary. nullopt for an empty text and for one with
/// control characters or with bytes outside of ASCII.
std::optional<std::string> shell_word(std::string_view text);

}  // namespace azrestored
