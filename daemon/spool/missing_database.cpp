#include "daemon/spool/missing_database.hpp"

#include <filesystem>

#include "daemon/spool/names.hpp"

namespace azrestored {
namespace {

namespace fs = std::filesystem;

/// Whether the folder has files that azrestored named. False if it cannot be read: opening the spool reports that.
bool holds_jobs(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (job_id_in_name(name) || Claim::parse(name)) return true;
  }
  return false;
}

/// Whether there is a write-ahead log with content. SQLite would delete the log of a database that does not exist.
bool has_log(const std::string& database) {
  std::error_code error;
  const auto size = fs::file_size(database + "-wal", error);
  return !error && size > 0;
}

bool is_missing_or_empty(const fs::path& database) {
  std::error_code error;
  const auto size = fs::file_size(database, error);
  return error ? error == std::errc::no_such_file_or_directory : size == 0;
}

}  // namespace

std::optional<std::string> missing_database(const std::string& database, const std::string& spool) {
  if (!is_missing_or_empty(database)) return std::nullopt;
  if (has_log(database)) {
    return "the database " + database +
           " is missing or empty, but its -wal exists and has changes that it lacks; nothing was changed. Put the "
           "database back beside it. Or, to start with an empty database: check in Azure which restores run, then move "
           "the -wal away";
  }
  for (const char* name : {"accepted", "claimed"}) {
    const fs::path folder = fs::path(spool) / name;
    if (!holds_jobs(folder)) continue;
    return "the database " + database + " is missing or empty, but " + folder.string() +
           " has files of its jobs; nothing was changed. Put the database and its -wal back. Or, to start with an "
           "empty database: check in Azure which restores run, then move the files in accepted/ and claimed/ away";
  }
  return std::nullopt;
}

}  // namespace azrestored
