// An SQLite VFS over files in memory. It fails on request and loses what was not synced. It is the default VFS of the
// program that creates a FaultyDisk. For each file it keeps what the users see, what the platter holds, and the writes
// between the two; it does the same for the names in its one folder.
//
// A fault hits the k-th call that can fail that way, once or several times in succession:
//   io_error  any call: EIO
//   no_space  calls that need space: write, sync, truncate, create a file, grow the shared index: ENOSPC
// A write that fails may have written its first half. After a failed sync the kernel may treat the pages as clean, as
// Linux does: no later sync writes them (https://lwn.net/Articles/752063/).
//
// After an end (a kill or a power cut) every call fails and changes nothing, until start(). A power cut keeps, at
// random, none of the unsynced writes, all, the first few, or any 512-byte sectors; of the unsynced names it keeps the
// first few. Names are synced as by SQLite's own VFS for Unix: with the first sync of a new log or journal, and on
// request when a file is removed.
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
    int fault_at = 0;     // which of the calls that can fail that way, from 1; 0: none
    int fault_count = 1;  // how many in succession
    int end_at = 0;       // the first call that changes something and does not happen; 0: none
    bool by_power = true;
  };

  /// Is the default VFS until it is destroyed. One at a time.
  explicit FaultyDisk(std::uint64_t seed);
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  void plan(const Trouble& trouble);
  /// The process ends now.
  void end(bool by_power);
  /// Call it after an end, when no file is open: the remaining files can be used again, without faults.
  void start();

  [[nodiscard]] bool has_ended();
  [[nodiscard]] int faults();            // how many calls were made to fail
  [[nodiscard]] int calls_to_fail_at();  // how many calls the planned kind of fault could have hit
  [[nodiscard]] int calls_to_end_at();

  /// While it exists, every call waits.
  class Hold {
   public:
    explicit Hold(FaultyDisk& disk);
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold();
    /// Returns when a caller waits.
    void wait_for_caller();

   private:
    FaultyDisk& disk_;
  };

  // Used by the functions of the VFS (faulty_vfs.cpp), which hold `lock`.
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
    bool syncs_names = false;  // its first sync does so
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

  std::mutex mutex_;  // guards all members below
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

/// For FaultyDisk only: makes its VFS the default; nullptr removes it.
void register_faulty_vfs(FaultyDisk* disk);

}  // namespace azrestored
