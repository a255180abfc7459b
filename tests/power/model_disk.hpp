// A disk in memory that forgets what was never synced. It answers the system calls that the spool makes as Linux does
// (model_calls.cpp leads them here; disk_likeness_test.cpp holds it against a real folder), and keeps beside what a
// process sees what the platter has: names by folder, bytes by file.
//
// A power cut leaves what is durable and, by chance, some of the rest. Two kinds of file systems are known to it:
//   ordered      one journal: of all changes of names some first ones survive (ext4, XFS)
//   independent  POSIX's word and no more: each folder is durable after its own fsync, and by itself. Of a rename from
//                folder to folder the new name may survive alone (the file has both names then), and where only the
//                folder it left was synced, the file has none
// On the second kind a claim has one hole that nothing in user space closes: were somebody else to sync incoming/
// between a claim's rename and its sync, and the power to go just then, the file would be gone. Moving by link and
// unlink would close it, but fs.protected_hardlinks forbids that for other users' files, and no journaling file system
// of Linux works so. Producers therefore sync by sync_in_order().
// Bytes that were not synced are lost wholly or from some point on, whatever became of the file's name.
//
// One thread at a time. Calls return what the system call does, or -errno.
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

  std::int64_t now_ns;  // virtual; passes only as the test says

  [[nodiscard]] const InodePtr& root() const { return root_; }
  /// The folder or file at `path` ("a/b/c") below `from`, or nullptr.
  [[nodiscard]] InodePtr find(const InodePtr& from, std::string_view path) const;

  // `folder` is where the name is.
  InodePtr create(const InodePtr& folder, const std::string& name);
  int make_folder(const InodePtr& folder, const std::string& name);
  int rename(const InodePtr& from, const std::string& old_name, const InodePtr& to, const std::string& new_name,
             bool may_replace);
  int unlink(const InodePtr& folder, const std::string& name);
  void set_bytes(Inode& file, std::string bytes);
  void sync(Inode& inode);
  /// As sync(), but names stay that a rename took away, as long as those that it gave are not durable.
  void sync_in_order(Inode& folder);

  /// What was never synced is lost, or some of it.
  void cut_power(sim::Chance& chance);

 private:
  /// What became of some names of one folder, durable together or not at all. nullptr: the name is gone.
  struct Half {
    InodePtr folder;
    std::vector<std::pair<std::string, InodePtr>> names;
  };
  using Change = std::vector<Half>;  // a rename from folder to folder has two: what it gave, what it took

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
