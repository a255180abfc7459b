// evolve(): applies an event to a job. Pure. Every pair of state and event is decided here and nowhere else.
#pragma once

#include <optional>

#include "core/base/result.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/job/policy.hpp"
#include "core/job/retry.hpp"

namespace azrestored {

/// What the caller saves: the changed job, its version not yet raised, and the history line of the change. A read that
/// changed nothing notable has no line.
struct Step {
  Job job;
  std::optional<HistoryLine> line;
  /// False: only `not_before` changed. It need not be saved: after a crash the job continues at once.
  bool changed = true;
};

/// `refused` if the event does not apply to the state: it came too late, or a command is not possible now. The sentence
/// is for the operator.
Result<Step> evolve(Job job, const Event& event, const Policy& policy, Moment moment);

}  // namespace azrestored
