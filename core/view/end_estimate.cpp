#include "core/view/end_estimate.hpp"

#include <nlohmann/json.hpp>
#include "core/azure/azure_time.hpp"

namespace azrestored {
namespace {

/// The backup job, when it runs and nobody has cancelled it.
const Tracking* running(const State& state) {
  return std::holds_alternative<Cancelling>(state) ? nullptr : backup_job_of(state);
}

/// The service's own estimate, which counts from when it was read. It says zero for a job that it knows nothing about.
std::optional<Expectation> by_azure(const Job& job, const Tracking& tracking) {
  if (!job.progress.outcome) return std::nullopt;
  const auto& outcome = *job.progress.outcome;
  if (!outcome.is_object() || tracking.last_read == Instant{}) return std::nullopt;
  const auto told = outcome.find("remaining");
  if (told == outcome.end() || !told->is_string()) return std::nullopt;
  const auto left = parse_azure_duration(told->get_ref<const std::string&>());
  if (!left || *left <= Millis(0)) return std::nullopt;
  return Expectation{tracking.last_read + *left, Expectation::Ground::azure};
}

/// As much time for each of a hundred parts as those took that are done.
std::optional<Expectation> by_progress(const Job& job, const Tracking& tracking) {
  const auto& percent = job.progress.percent;
  const Instant began = job.progress.posted_at;
  if (!percent || *percent < 1 || *percent >= 100 || began == Instant{} || tracking.last_read <= began)
    return std::nullopt;
  const auto spent = static_cast<double>((tracking.last_read - began).count());
  const Millis whole(static_cast<Millis::rep>(spent / *percent * 100));
  return Expectation{began + whole, Expectation::Ground::progress};
}

}  // namespace

std::string_view to_text(Expectation::Ground ground) {
  switch (ground) {
    case Expectation::Ground::azure:
      return "azure";
    case Expectation::Ground::past_runs:
      return "pastRuns";
    case Expectation::Ground::progress:
      return "progress";
  }
  return "";
}

bool asks_past_runs(const Job& job, Instant now) {
  if (job.progress.posted_at == Instant{}) return false;
  if (std::holds_alternative<Polling>(job.state)) return true;
  const auto* tracking = std::get_if<Tracking>(&job.state);
  if (tracking == nullptr) return false;
  const auto told = by_azure(job, *tracking);
  return !told || told->ends <= now;
}

std::optional<Expectation> expectation_of(const Job& job, std::optional<Millis> usual) {
  const Tracking* tracking = running(job.state);
  std::optional<Expectation> expected;
  if (tracking != nullptr) expected = by_azure(job, *tracking);
  const bool goes_by_past = std::holds_alternative<Polling>(job.state) || std::holds_alternative<Tracking>(job.state);
  if (usual && goes_by_past && job.progress.posted_at != Instant{}) {
    const Expectation past{job.progress.posted_at + *usual, Expectation::Ground::past_runs};
    if (!expected || expected->ends < past.ends) expected = past;
  }
  if (!expected && std::holds_alternative<Tracking>(job.state)) expected = by_progress(job, *tracking);
  return expected;
}

}  // namespace azrestored
