// A disk for SQLite that fails on order and forgets what was not synced: an SQLite VFS over files in memory, which is
// the default one of the program that makes a FaultyDisk. It keeps of each file what its users see, what the platter
// has, and the writes between the two; likewise of the names in its one folder.
//
// A fault hits the k-th call that can fail so, once or several times on end:
//   io_error  any call: EIO
//   no_space  calls that need room: write, sync, truncate, making a file, growing the shared index: ENOSPC
// A write that fails may have written its first half. After a sync that failed, by chance, the kernel takes the pages
// for clean, as Linux does: no later sync writes them (https://lwn.net/Articles/752063/).
//
// At an end (a kill or a power cut) every further call fails and changes nothing, until start(). A power cut leaves of
// the unsynced writes, by chance: none, all, some first ones, or any 512-byte sectors; of unsynced names some first
// ones. Names are synced as by SQLite's own VFS for Unix: with the first sync of a new log or journal, and on demand
// when a file is removed.
#pragma once

#include <sqlite3.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/json/fault.hpp"
#include "tests/support/chance.hpp"

namespace azrestored {

class FaultyDisk {
 public:
  enum class Fault { io_error, no_space };
  struct Trouble {
    Fault fault = Fault::io_error;
    int fault_at = 0;     // which of the calls that can fail so, from 1; 0: none
    int fault_count = 1;  // how many on end
    int end_at = 0;       // which of the calls that change something is the last thing that does not happen; 0: none
    bool by_power = true;
  };

  /// The default VFS from now until it is destroyed. One at a time.
  explicit FaultyDisk(std::uint64_t seed);
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  void plan(const Trouble& trouble);
  /// The process ends now.
  void end(bool by_power);
  /// After an end, when nobody has a file open any more: what is left of the files can be used again, without trouble.
  void start();

  [[nodiscard]] bool has_ended();
  [[nodiscard]] int faults();            // so many calls were made to fail
  [[nodiscard]] int calls_to_fail_at();  // so many could have been, by the kind of fault that is planned
  [[nodiscard]] int calls_to_end_at();

  /// While it lives, whoever makes a call waits.
  class Hold {
   public:
    explicit Hold(FaultyDisk& disk);
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold();
    /// Until somebody waits.
    void wait_for_caller();

   private:
    FaultyDisk& disk_;
  };

  // What the functions of the VFS use (faulty_vfs.cpp); `lock` is held.
  enum class Call { open, make, write, sync, truncate, remove, grow_index, look };
  struct Write {
    std::size_t offset = 0;
    std::string bytes;
    bool cuts = false;  // the file ends at `offset`
  };
  struct File {
    std::string bytes;
    std::string durable;
    std::vector<Write> unsynced;
    bool syncs_names = false;  // its first sync will
    std::vector<std::unique_ptr<char[]>> index;
  };
  using FilePtr = std::shared_ptr<File>;

  std::unique_lock<std::mutex> enter();
  enum class Fate { goes_well, io_error, no_space };
  Fate fate_of(Call call);
  [[nodiscard]] bool has_ended_already() const { return has_ended_; }
  void apply(File& file, Write write);
  void sync(File& file, bool fails);
  void sync_names();
  FilePtr find(const std::string& name);
  FilePtr make(const std::string& name, bool syncs_names);
  void remove(const std::string& name);
  sim::Chance chance;

 private:
  void lose_power();
  void lose_writes(File& file);
  void lose_names();

  std::mutex mutex_;  // guards all that follows
  std::condition_variable changed_;
  bool is_held_ = false;
  int callers_waiting_ = 0;
  Trouble trouble_;
  int calls_to_fail_ = 0;
  int calls_to_end_ = 0;
  int faults_ = 0;
  bool has_ended_ = false;
  bool ended_by_power_ = false;
  std::map<std::string, FilePtr> names_;
  std::map<std::string, FilePtr> durable_names_;
  std::vector<std::pair<std::string, FilePtr>> unsynced_names_;
};

/// For FaultyDisk only: makes its VFS the default, or none of it.
void register_faulty_vfs(FaultyDisk* disk);

}  // namespace azrestored
