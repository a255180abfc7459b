// One run of the real store on a FaultyDisk. The run inserts, claims and saves jobs, alone and several in a
// transaction; it copies the log into the database, and closes and opens the store. Meanwhile the disk fails. The run
// records the result that every caller received and compares it with the database.
//
// The promises for a change, checked here:
//   success   the change is there from now on, row and history line, after every end
//   an error  this process sees the old state. After the process has ended in any way, the change may turn out to be
//             complete, unless another change was saved over it. A new process therefore loads the job before it
//             decides. Never half, never twice: a retry is made over the same version.
//   no error without a fault, and none after the fault has passed
#pragma once

#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/contract/faulty_disk.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {

/// A fault and an end at random calls.
FaultyDisk::Trouble random_trouble(sim::Chance& chance);

class StorageRun {
 public:
  /// `path`: of the database; its folder exists.
  StorageRun(std::string path, const FaultyDisk::Trouble& trouble, std::uint64_t seed);

  /// Runs to the end. Returns the promise that was broken, or nullopt.
  std::optional<std::string> broken();

  /// Whether the run reached the planned fault and the planned end; if not, there are no later calls.
  [[nodiscard]] bool met_its_fault() const { return met_its_fault_; }
  [[nodiscard]] bool met_its_end() const { return met_its_end_; }

 private:
  /// The results that callers received for one job. Each change has its own mark, in the row and in its history line.
  struct Results {
    std::vector<std::string> marks;     // of the confirmed changes: one more than the version
    std::vector<std::string> doubtful;  // of the changes since then whose callers received an error
    bool is_at_rest = false;
  };

  void work();
  void work_after_everything();
  void open();
  void close() { store_.reset(); }
  void insert(int n, std::size_t spec_bytes);
  void insert_together(const std::vector<int>& numbers);
  void save(int n, const State& state);
  void save_together(const std::vector<int>& numbers, const State& state);
  void save_over_old_version(int n);
  void claim_again();
  void look_at_everything();
  void look_at_file();

  [[nodiscard]] Job next(int n, const State& state, const std::string& mark) const;
  void note_saved(int n, const Result<Job>& answer, const std::string& mark, const State& state);
  void look_unchanged(int n);
  std::vector<std::string> marks_in_store(int n);
  std::string new_mark() { return "change-" + std::to_string(++changes_); }

  /// Repeats until it succeeds, the process has ended, or a check fails. `attempt` returns an error, if any.
  template <class Attempt>
  void until_done(const std::string& what, Attempt attempt);
  void judge(const std::string& what, const Error& error, int faults_before);
  [[nodiscard]] bool is_over() { return broken_.has_value() || disk_.has_ended(); }
  void note(std::string sentence);

  std::string path_;
  FaultyDisk disk_;
  FaultyDisk::Trouble trouble_;
  asio::io_context loop_{1};
  std::unique_ptr<SqliteStore> store_;
  std::map<int, Results> results_;
  std::vector<int> together_;  // inserted in one call
  int changes_ = 0;
  bool met_its_fault_ = false;
  bool met_its_end_ = false;
  std::optional<std::string> broken_;
};

}  // namespace azrestored
