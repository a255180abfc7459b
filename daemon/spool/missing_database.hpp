// A spool whose jobs nobody knows: looked at before the database is opened, which would make a new one.
#pragma once

#include <optional>
#include <string>

namespace azrestored {

/// Why the daemon must not start: files in accepted/ or claimed/ show that jobs were taken in, yet there is no
/// database, or an empty one. What was claimed would be restored again, and what runs in Azure would be forgotten.
/// Changes nothing.
std::optional<std::string> missing_database(const std::string& database, const std::string& spool);

}  // namespace azrestored
