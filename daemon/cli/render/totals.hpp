// Counts of the watched jobs by result: the last line of `watch`. `watch --compact` shows nothing else of jobs that are
// not in trouble. Pure.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace azrestored::cli {

/// How urgently a job needs an operator, the most urgent first.
enum class Urgency { trouble, under_way, waiting, ended };

/// trouble: failed, held or in doubt. waiting: queued.
Urgency urgency_of(const nlohmann::json& job);

struct Totals {
  std::size_t running = 0, waiting = 0, in_doubt = 0, held = 0, done = 0, failed = 0, cancelled = 0;
  std::size_t done_with_warnings = 0;  // not among `done`

  static Totals of(const std::vector<nlohmann::json>& jobs);

  /// "58 jobs: 3 running, 12 waiting, 1 held, 39 done, 1 with warnings, 2 failed"; counts of 0 are left out.
  [[nodiscard]] std::string text(bool colours) const;
  /// {"running", "waiting", "inDoubt", "held", "done", "doneWithWarnings", "failed", "cancelled"}: "done" includes
  /// those with warnings.
  [[nodiscard]] nlohmann::json json() const;
  bool operator==(const Totals&) const = default;
};

}  // namespace azrestored::cli
