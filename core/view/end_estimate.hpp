// When a restore under way is expected to end, and on what ground: what Azure itself estimates, else what restores like
// it took lately, else how far it has come since it began. An instant, so that it stays true between two looks; when it
// is over and the restore is not, that is worth knowing as well. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"

namespace azrestored {

struct Expectation {
  enum class Ground { azure, past_runs, progress };
  Instant ends{};
  Ground ground = Ground::azure;
};

/// "azure", "pastRuns" or "progress": what `expectedBy` says (core/view/job_view.hpp).
std::string_view to_text(Expectation::Ground ground);

/// `usual`: how long restores like it took lately (core/view/past_durations.hpp), when that is asked for; it counts when it is
/// later than what Azure says. nullopt for a job whose restore has not been accepted or is over or cancelled, and where
/// nothing tells: nobody guesses how long a rehydration takes.
std::optional<Expectation> expectation_of(const Job& job, std::optional<Millis> usual);

/// True when `usual` is worth asking for: the job's restore is under way, and Azure does not tell, or told long ago: a
/// job that nobody looks at is not read again for the sake of an estimate that has run out.
bool asks_past_runs(const Job& job, Instant now);

}  // namespace azrestored
