// A disk in memory that loses what was never synced. It answers the system calls of the spool as Linux does:
// model_calls.cpp redirects them here, and disk_likeness_test.cpp compares the results with a real folder. It keeps
// what a process sees and what the platter holds: names by folder, bytes by file.
//
// A power cut keeps what is durable and, at random, some of the rest. The model has two kinds of file systems:
//   ordered      one journal: of all changes of names the first few survive (ext4, XFS)
//   independent  only what POSIX promises: each folder is durable after its own fsync, independently. Of a rename from
//                folder to folder the new name may survive alone, and the file has both names. If only the old folder
//                was synced, the file may have no name.
// On the second kind a claim has one gap that user space cannot close. If another process syncs incoming/ between the
// rename and the sync of a claim, and the power fails then, the file is lost. Link and unlink would close the gap, but
// fs.protected_hardlinks forbids that for files of other users, and no journaling file system of Linux works this way.
// Producers therefore sync with sync_in_order(). Unsynced bytes are lost completely or from some offset on, whether the
// file keeps its name or not.
//
// One thread at a time. Calls return what the system call returns, or -errno.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/chance.hpp"

namespace azrestored::power {

struct Inode {
  std::uint64_t number = 0;
  bool is_folder = false;
  std::string bytes;
  std::string durable_bytes;
  std::int64_t changed_ns = 0;  // ctime
  int links = 1;
  std::weak_ptr<Inode> parent;  // of a folder
  using Names = std::map<std::string, std::shared_ptr<Inode>>;
  Names names;  // of a folder
  Names durable_names;
};
using InodePtr = std::shared_ptr<Inode>;

class ModelDisk {
 public:
  enum class Kind { ordered, independent };

  ModelDisk(Kind kind, std::int64_t now_ns);

  std::int64_t now_ns;  // virtual; the test advances it

  [[nodiscard]] const InodePtr& root() const { return root_; }
  /// The folder or file at `path` ("a/b/c") below `from`, or nullptr.
  [[nodiscard]] InodePtr find(const InodePtr& from, std::string_view path) const;

  // `folder` holds the name.
  InodePtr create(const InodePtr& folder, const std::string& name);
  int make_folder(const InodePtr& folder, const std::string& name);
  int rename(const InodePtr& from, const std::string& old_name, const InodePtr& to, const std::string& new_name,
             bool may_replace);
  int unlink(const InodePtr& folder, const std::string& name);
  void set_bytes(Inode& file, std::string bytes);
  void sync(Inode& inode);
  /// As sync(), but a name that a rename removed stays until the new name is durable.
  void sync_in_order(Inode& folder);

  /// Loses some or all of what was never synced.
  void cut_power(sim::Chance& chance);

 private:
  /// The change of some names of one folder, durable together or not at all. nullptr: the name is removed.
  struct Half {
    InodePtr folder;
    std::vector<std::pair<std::string, InodePtr>> names;
  };
  using Change = std::vector<Half>;  // a rename from folder to folder has two: the new name, the removed name

  void change(Change change);
  void lose_names(sim::Chance& chance);
  void lose_bytes(sim::Chance& chance, Inode& folder);
  static void make_durable(const Half& half);
  void forget_older(const Half& given);

  Kind kind_;
  std::uint64_t last_number_ = 0;
  InodePtr root_;
  std::vector<Change> pending_;  // oldest first
};

}  // namespace azrestored::power
