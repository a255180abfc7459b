// The expected end of a running restore, and its source: Azure's own estimate, otherwise the duration of recent similar
// restores, otherwise the progress so far. It is an instant, so it stays valid between two reads. It may lie in the
// past: the restore then takes longer than expected. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"

namespace azrestored {

struct EndEstimate {
  enum class Source { azure, past_runs, progress };
  Instant ends{};
  Source ground = Source::azure;
};

/// "azure", "pastRuns" or "progress": the value of `expectedBy` (core/view/job_view.hpp).
std::string_view to_text(EndEstimate::Source ground);

/// `usual`: the duration of recent similar restores (core/view/past_durations.hpp), if the caller read it. The later of
/// `usual` and Azure's estimate counts. nullopt if the restore is not accepted, finished or cancelled, or if there is
/// no source: the duration of a rehydration is never guessed.
std::optional<EndEstimate> end_estimate_of(const Job& job, std::optional<Millis> usual);

/// True if the caller should read `usual`: the restore runs, and Azure gave no estimate or one that is in the past.
/// A job is not read again only to refresh an estimate.
bool asks_past_runs(const Job& job, Instant now);

}  // namespace azrestored
