#include "persistence/sqlite/database_files.hpp"

#include <cerrno>

namespace azrestored {

DatabaseFiles::DatabaseFiles(const std::string& path) {
  for (const std::string& each : {path, path + "-wal"}) {
    struct stat file {};
    if (::stat(each.c_str(), &file) == 0) files_.push_back({each, file.st_dev, file.st_ino});
  }
}

std::optional<Error> DatabaseFiles::lost() const {
  for (const Known& known : files_) {
    struct stat file {};
    const bool found = ::stat(known.path.c_str(), &file) == 0;
    if (found && file.st_dev == known.device && file.st_ino == known.inode) continue;
    if (!found && errno != ENOENT && errno != ENOTDIR) continue;  // not to be seen just now, which says nothing
    return Error(
        ErrorKind::corrupt,
        known.path +
            " was removed, moved or replaced while azrestored had it open; nothing more is accepted or started; put "
            "the database and its -wal, both of the same moment, back as they were, then start again");
  }
  return std::nullopt;
}

}  // namespace azrestored
