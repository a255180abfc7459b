// What azrestored promises, in eight sentences, each with the check that a simulated run makes of it. The README quotes
// the sentences; everything under tests/ that says "I1" means these.
//
// I1  At most one restore is started per job and attempt, whatever fails.
// I2  A file that was dropped is in the spool, in the database or refused with a reason: never nowhere, never two jobs.
// I3  Final states are final. (Only a person's retry begins a new attempt, of a job that failed or was cancelled.)
// I4  No job rests in a state without a timer or a person's action pending: once the faults are over, every job comes
//     to its end within `time_to_settle`; behind a full cap, within that after each of those before it.
// I5  Every change of state has its history line in the same transaction, and each save raises the version by one.
// I6  A job reported as succeeded did succeed in Azure, and so for every other final state and every reason to hold.
// I7  No secret is ever written: not into a row, nor its history, nor a notice.
// I8  No restore begins while a cap that concerns it is full, counting every job that has begun and is not at rest.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/admission/limits.hpp"
#include "core/job/job.hpp"

namespace azrestored::sim {

enum class Invariant { once = 1, accounted_for, final, settles, history, truth, no_secret, caps };

/// How long after the last fault the last job may need to end, beside what its restore itself takes: the quiet period,
/// the longest pause after failures, a search, a poll, and the clock's own error.
inline constexpr Millis time_to_settle = std::chrono::hours(4);

/// Every secret of a simulated run contains this word.
inline constexpr std::string_view secret_word = "s3cr3t";

/// What Azure knows of a restore that did start.
struct TrueEnd {
  std::string result;  // "Completed", "CompletedWithWarnings", "Failed", "Cancelled"
};

/// What Azure knows of one attempt of a job.
struct TrueAttempt {
  std::vector<TrueEnd> restores;
  int refusals = 0;  // POSTs that were told "no", for good
  int unclear = 0;   // POSTs without an answer that says what became of them
};

/// Watches one run, and keeps what broke.
class Invariants {
 public:
  explicit Invariants(const Caps& caps) : caps_(caps) {}

  /// I3, I5, I7: `after` is being written over `before`.
  void saved(const Job& before, const Job& after, const std::optional<HistoryLine>& line);
  /// I7
  void told(std::string_view sentence);
  /// I1: Azure starts a restore, the `count`-th of that attempt.
  void started(const std::string& job, int count);
  /// I8: `job` is let in, and is now one of those under way.
  void let_in(const Job& job, const std::vector<Job>& under_way);
  /// I2, I4, I6, I7, for each job at the end of the run. `attempts` in their order, the present one last.
  void ended(const Job& job, const std::vector<HistoryLine>& history, const std::vector<TrueAttempt>& attempts);
  /// I2: as many rows as there were files.
  void counted(std::size_t dropped, std::size_t rows);

  [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }
  /// Of every save, in order: two runs that have equal ones went the same way.
  [[nodiscard]] std::uint64_t digest() const { return digest_; }

 private:
  void violation(Invariant invariant, const std::string& job, const std::string& what);
  void check_truth(const Job& job, const std::string& state, const std::string& problem, const TrueAttempt& truth);

  const Caps caps_;
  std::vector<std::string> broken_;
  std::uint64_t digest_ = 14695981039346656037U;  // FNV-1a
};

}  // namespace azrestored::sim
