// evolve(): what an event makes of a job. Pure; every pair of state and event is decided here, and nowhere else.
#pragma once

#include <optional>

#include "core/base/result.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/job/policy.hpp"
#include "core/job/retry.hpp"

namespace azrestored {

/// What is to be saved: the changed job (version not yet raised) and the history line that belongs to the change, if it
/// is worth one. Reads that brought nothing new are saved without a line.
struct Step {
  Job job;
  std::optional<HistoryLine> line;
  /// False: only when the job goes on has changed, and need not be saved: after a crash it goes on at once.
  bool is_news = true;
};

/// Applies the event. `refused` when the pair means nothing (the fact came too late, or a command makes no sense now);
/// the sentence then says so in words for a person.
Result<Step> evolve(Job job, const Event& event, const Policy& policy, Moment moment);

}  // namespace azrestored
