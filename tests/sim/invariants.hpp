// The eight invariants that azrestored promises and that every simulated run checks. docs/testing.md quotes them. "I1"
// anywhere under tests/ refers to this list.
//
// I1  At most one restore starts for each job and attempt, whatever fails.
// I2  A file that was dropped is in the spool, in the database, or refused with a reason. It is never nowhere, and
//     never two jobs.
// I3  Final states are final. Only an operator's retry starts a new attempt, of a job that failed or was cancelled.
// I4  No job stays in a state without a timer or a pending operator action. Once the faults are over, every job ends
//     within `time_to_settle`. The time of its own restore does not count, nor the time of restores that it waits for
//     because of a limit.
// I5  Every change of state has its history line in the same transaction, and each save increases the version by one.
// I6  A job reported as succeeded did succeed in Azure. The same holds for every other final state and every reason to
//     hold.
// I7  No secret is ever written: not to a row, to its history or to a notice.
// I8  No restore starts while a limit that applies to it is used up, counting every job that has started and is not at
//     rest.
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

/// How long after the last fault the last job may need to end, without the time of its restore: the quiet period, the
/// longest backoff, a search, a poll, and the error of the clock.
inline constexpr Millis time_to_settle = std::chrono::hours(4);

/// Every secret of a simulated run contains this word.
inline constexpr std::string_view secret_word = "s3cr3t";

/// The result of a restore in Azure.
struct TrueEnd {
  std::string result;  // "Completed", "CompletedWithWarnings", "Failed", "Cancelled"
};

/// One attempt of a job, as Azure saw it.
struct TrueAttempt {
  std::vector<TrueEnd> restores;
  int refusals = 0;  // POSTs that Azure refused for good
  int unclear = 0;   // POSTs without a clear answer
};

/// Watches one run and records broken invariants.
class Invariants {
 public:
  explicit Invariants(const ConcurrencyLimits& caps) : caps_(caps) {}

  /// I3, I5, I7: the store replaces `before` with `after`.
  void saved(const Job& before, const Job& after, const std::optional<HistoryLine>& line);
  /// I7
  void reported(std::string_view sentence);
  /// I1: Azure starts a restore, number `count` of that attempt.
  void started(const std::string& job, int count);
  /// I8: `job` is admitted and is now one of those under way.
  void let_in(const Job& job, const std::vector<Job>& under_way);
  /// I2, I4, I6, I7, for each job at the end of the run. `attempts` are in order, the present one last.
  void ended(const Job& job, const std::vector<HistoryLine>& history, const std::vector<TrueAttempt>& attempts);
  /// I2: there are as many rows as there were files.
  void counted(std::size_t dropped, std::size_t rows);

  [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }
  /// The digest of all saves in order: two runs with equal digests took the same path.
  [[nodiscard]] std::uint64_t digest() const { return digest_; }

 private:
  void violation(Invariant invariant, const std::string& job, const std::string& what);
  void check_truth(const Job& job, const std::string& state, const std::string& problem, const TrueAttempt& truth);

  const ConcurrencyLimits caps_;
  std::vector<std::string> broken_;
  std::uint64_t digest_ = 14695981039346656037U;  // FNV-1a
};

}  // namespace azrestored::sim
