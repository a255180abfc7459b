// The files of an open database, known by their inodes. SQLite goes on with files that were removed or replaced under
// it, and whatever is written then is gone when the process ends: jobs that were accepted, restores that were started.
// Any thread; looks at the disk once a call.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace azrestored {

class DatabaseFiles {
 public:
  /// Of a database that is open for writing, with its write-ahead log.
  explicit DatabaseFiles(const std::string& path);

  /// `corrupt`, with what to do, once one of them is no longer the file that was opened.
  [[nodiscard]] std::optional<Error> lost() const;

 private:
  struct Known {
    std::string path;
    dev_t device;
    ino_t inode;
  };
  std::vector<Known> files_;
};

}  // namespace azrestored
