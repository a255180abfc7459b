// One run of the real store on a FaultyDisk: jobs are inserted, claimed and saved, alone and several in a transaction,
// the log is copied into the database, the store closed and opened again, while the disk makes its trouble. What every
// caller was told is written down and held against what is there.
//
// What is promised of a change, and checked here:
//   answered with success   it is there from now on, row and history line, through every end
//   answered with an error  this process sees what was there before; after the process has ended, by whatever, the
//                           change may turn out to have been made, whole, if nothing was saved over it: so whoever was
//                           told of an error, and is a new process, loads before it decides. Never half, never twice:
//                           a try again is made over the same version
//   no error without trouble, and none any more once the trouble has passed
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

/// A fault and an end, anywhere.
FaultyDisk::Trouble random_trouble(sim::Chance& chance);

class StorageRun {
 public:
  /// `path`: of the database; its folder exists.
  StorageRun(std::string path, const FaultyDisk::Trouble& trouble, std::uint64_t seed);

  /// To the end; what was promised and is not so, or nullopt.
  std::optional<std::string> broken();

  /// Whether the planned fault, and the planned end, were reached: when not, there are no later calls.
  [[nodiscard]] bool met_its_fault() const { return met_its_fault_; }
  [[nodiscard]] bool met_its_end() const { return met_its_end_; }

 private:
  /// What was told of one job. Each change has a mark of its own, in the row and in its history line.
  struct Told {
    std::vector<std::string> marks;     // of the changes that were confirmed: as many as the version, and one
    std::vector<std::string> doubtful;  // of those answered with an error since
    bool is_at_rest = false;
  };

  void work();
  void work_after_everything();
  void open();
  void close() { store_.reset(); }
  void insert(int n, std::size_t spec_bytes);
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

  /// Repeats until it succeeds, the process has ended, or something is wrong. `attempt` returns an error, if any.
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
  std::map<int, Told> told_;
  int changes_ = 0;
  bool met_its_fault_ = false;
  bool met_its_end_ = false;
  std::optional<std::string> broken_;
};

}  // namespace azrestored
