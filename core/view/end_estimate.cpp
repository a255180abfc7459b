#include "core/view/end_estimate.hpp"

#include <nlohmann/json.hpp>
#include "core/azure/azure_time.hpp"

namespace azrestored {
namespace {

/// The backup job, if it runs and no cancel was requested.
const Tracking* running(const State& state) {
  return std::holds_alternative<Cancelling>(state) ? nullptr : backup_job_of(state);
}

/// Azure's own estimate, which counts from the read. Azure reports zero for a job without an estimate.
std::optional<EndEstimate> by_azure(const Job& job, const Tracking& tracking) {
  if (!job.progress.outcome) return std::nullopt;
  const auto& outcome = *job.progress.outcome;
  if (!outcome.is_object() || tracking.last_read == Instant{}) return std::nullopt;
  const auto reported = outcome.find("remaining");
  if (reported == outcome.end() || !reported->is_string()) return std::nullopt;
  const auto left = parse_azure_duration(reported->get_ref<const std::string&>());
  if (!left || *left <= Millis(0)) return std::nullopt;
  return EndEstimate{tracking.last_read + *left, EndEstimate::Source::azure};
}

/// Extrapolates the time spent so far to 100 %.
std::optional<EndEstimate> by_progress(const Job& job, const Tracking& tracking) {
  const auto& percent = job.progress.percent;
  const Instant began = job.progress.posted_at;
  if (!percent || *percent < 1 || *percent >= 100 || began == Instant{} || tracking.last_read <= began)
    return std::nullopt;
  const auto spent = static_cast<double>((tracking.last_read - began).count());
  const Millis whole(static_cast<Millis::rep>(spent / *percent * 100));
  return EndEstimate{began + whole, EndEstimate::Source::progress};
}

}  // namespace

std::string_view to_text(EndEstimate::Source ground) {
  switch (ground) {
    case EndEstimate::Source::azure:
      return "azure";
    case EndEstimate::Source::past_runs:
      return "pastRuns";
    case EndEstimate::Source::progress:
      return "progress";
  }
  return "";
}

bool asks_past_runs(const Job& job, Instant now) {
  if (job.progress.posted_at == Instant{}) return false;
  if (std::holds_alternative<Polling>(job.state)) return true;
  const auto* tracking = std::get_if<Tracking>(&job.state);
  if (tracking == nullptr) return false;
  const auto reported = by_azure(job, *tracking);
  return !reported || reported->ends <= now;
}

std::optional<EndEstimate> end_estimate_of(const Job& job, std::optional<Millis> usual) {
  const Tracking* tracking = running(job.state);
  std::optional<EndEstimate> expected;
  if (tracking != nullptr) expected = by_azure(job, *tracking);
  const bool goes_by_past = std::holds_alternative<Polling>(job.state) || std::holds_alternative<Tracking>(job.state);
  if (usual && goes_by_past && job.progress.posted_at != Instant{}) {
    const EndEstimate past{job.progress.posted_at + *usual, EndEstimate::Source::past_runs};
    if (!expected || expected->ends < past.ends) expected = past;
  }
  if (!expected && std::holds_alternative<Tracking>(job.state)) expected = by_progress(job, *tracking);
  return expected;
}

}  // namespace azrestored
