// The files of an open database, identified by their inodes. SQLite continues to use files that were removed or
// replaced. Everything written then is lost when the process ends: accepted jobs and started restores. Any thread. Each
// call looks at the disk once.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace azrestored {

class DatabaseFiles {
 public:
  /// `path` is a database that is open for writing, with its write-ahead log.
  explicit DatabaseFiles(const std::string& path);

  /// `corrupt`, with the remedy, if one of them is no longer the file that was opened.
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
