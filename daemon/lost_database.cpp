#include "daemon/lost_database.hpp"

#include <filesystem>

namespace azrestored {
namespace {

namespace fs = std::filesystem;

/// Also when it cannot be looked at: then there is nothing to say here, and opening it will tell.
bool holds_files(const fs::path& folder) {
  std::error_code error;
  return fs::directory_iterator(folder, error) != fs::directory_iterator() && !error;
}

bool is_missing_or_empty(const fs::path& database) {
  std::error_code error;
  const auto size = fs::file_size(database, error);
  return error ? error == std::errc::no_such_file_or_directory : size == 0;
}

}  // namespace

std::optional<std::string> lost_database(const std::string& database, const std::string& spool) {
  if (!is_missing_or_empty(database)) return std::nullopt;
  for (const char* name : {"accepted", "claimed"}) {
    const fs::path folder = fs::path(spool) / name;
    if (!holds_files(folder)) continue;
    return "the database " + database + " is missing or empty, but " + folder.string() +
           " has files of jobs that it knew; nothing was touched. Put the database and its -wal back. Or, to begin "
           "anew: see in Azure which restores run, then move the files in accepted/ and claimed/ away";
  }
  return std::nullopt;
}

}  // namespace azrestored
