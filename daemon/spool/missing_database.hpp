// Finds a spool that has files of jobs but no database. Checked before the database is opened, which would create one.
#pragma once

#include <optional>
#include <string>

namespace azrestored {

/// Why the daemon must not start, or nullopt. It must not if the database is missing or empty, but its write-ahead log
/// exists, or accepted/ or claimed/ has files of its jobs. The daemon would restore claimed files again, and would not
/// know of the restores that run in Azure. Changes nothing.
std::optional<std::string> missing_database(const std::string& database, const std::string& spool);

}  // namespace azrestored
