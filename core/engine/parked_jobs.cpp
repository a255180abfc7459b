#include "core/engine/parked_jobs.hpp"

#include <cassert>

namespace azrestored {
namespace {

/// Earlier than any due time: jobs with an event or a change come first, in order of arrival. next_at() returns it, so
/// callers subtract the present time from it. Instant::min() would overflow there.
constexpr Instant at_once = Instant() - Millis(1);

}  // namespace

void ParkedJobs::park(const JobId& id, Entry entry) {
  const auto [job, is_new] = parked_.try_emplace(id);
  assert(is_new);
  const bool wanted = entry.changed || (!entry.pending_events.empty() && !entry.hold_events);
  const Instant at = wanted ? at_once : entry.due;
  job->second.entry = std::move(entry);
  schedule(job, at);
}

const ParkedJobs::Entry* ParkedJobs::find(const JobId& id) const {
  const auto found = parked_.find(id);
  return found == parked_.end() ? nullptr : &found->second.entry;
}

void ParkedJobs::deliver(const JobId& id, Event event) {
  const auto job = parked_.find(id);
  assert(job != parked_.end());
  Parked& parked = job->second;
  parked.entry.pending_events.push_back(std::move(event));
  if (!parked.entry.hold_events) expedite(job);
}

void ParkedJobs::changed(const JobId& id) {
  const auto job = parked_.find(id);
  assert(job != parked_.end());
  job->second.entry.changed = true;
  expedite(job);
}

void ParkedJobs::postpone(const JobId& id, Instant at) {
  const auto job = parked_.find(id);
  assert(job != parked_.end() && !job->second.position);
  schedule(job, at);
}

ParkedJobs::Entry ParkedJobs::take(const JobId& id) {
  const auto job = parked_.find(id);
  assert(job != parked_.end());
  unlink(job->second);
  Entry entry = std::move(job->second.entry);
  parked_.erase(job);
  return entry;
}

std::optional<JobId> ParkedJobs::pop_due(Instant now) {
  if (order_.empty() || order_.begin()->first > now) return std::nullopt;
  const JobId& id = *order_.begin()->second;
  unlink(parked_.find(id)->second);
  return id;
}

std::optional<Instant> ParkedJobs::next_at() const {
  if (order_.empty()) return std::nullopt;
  return order_.begin()->first;
}

void ParkedJobs::schedule(Jobs::iterator job, Instant at) {
  job->second.position = order_.emplace(at, &job->first);
}

void ParkedJobs::expedite(Jobs::iterator job) {
  Parked& parked = job->second;
  if (!parked.position || (*parked.position)->first == at_once) return;
  unlink(parked);
  schedule(job, at_once);
}

void ParkedJobs::unlink(Parked& job) {
  if (!job.position) return;
  order_.erase(*job.position);
  job.position.reset();
}

}  // namespace azrestored
