#include "core/vault_watcher.hpp"

#include <algorithm>
#include <set>

#include "core/retry.hpp"
#include "core/text.hpp"

namespace azrestored {
namespace {

/// The window of the list begins this much before the oldest watched POST: clocks differ.
constexpr Millis window_margin = std::chrono::hours(1);

bool is_running(std::string_view status) {
  return iequals(status, "InProgress") || iequals(status, "Cancelling");
}

}  // namespace

VaultWatcher::VaultWatcher(JobPlace place, ArmSession& arm, Clock& clock, IdSource& ids, Observer& observer,
                           const Policy& policy, Deliver deliver)
    : place_(std::move(place)),
      arm_(arm),
      clock_(clock),
      ids_(ids),
      observer_(observer),
      policy_(policy),
      deliver_(std::move(deliver)),
      alarm_(clock.make_alarm()) {}

void VaultWatcher::watch(const JobId& id, const std::string& azure_job_id, Instant posted_at) {
  watched_.try_emplace(to_lower(azure_job_id), Watched{id, posted_at, ""});
}

void VaultWatcher::unwatch(const JobId& id) {
  std::erase_if(watched_, [&](const auto& entry) { return entry.second.id == id; });
  if (watched_.empty()) alarm_->ring();
}

void VaultWatcher::stop() {
  stopping_ = true;
  alarm_->ring();
}

asio::awaitable<void> VaultWatcher::run() {
  due_ = clock_.now() + policy_.job_interval;
  while (!stopping_ && !watched_.empty()) {
    if (clock_.now() < due_) {
      co_await alarm_->wait_until(due_);
    } else {
      co_await list_once();
    }
  }
}

asio::awaitable<void> VaultWatcher::list_once() {
  const Instant began_at = clock_.now();
  Instant oldest = began_at;
  for (const auto& [id, watched] : watched_) oldest = std::min(oldest, watched.posted_at);
  HttpRequest request = list_restore_jobs(arm_.target(), place_, oldest - window_margin, began_at + window_margin);
  auto rows = co_await arm_.read_all(std::move(request), &read_jobs, began_at);
  const Moment moment{clock_.now(), ids_.fraction()};
  if (const auto* list = std::get_if<Listed<JobRow>>(&rows)) {
    failures_ = 0;
    due_ = moment.now + policy_.job_interval;
    tell(list->rows);
    co_return;
  }
  // The jobs' own reads go on and end a job that the vault refuses to show; here it is enough to try again later.
  ++failures_;
  const Event& event = std::get<Event>(rows);
  const auto* failed = std::get_if<ReadFailed>(&event.what);
  const Problem problem = failed != nullptr ? failed->problem : std::get<ReadRefused>(event.what).problem;
  due_ = std::max(moment.now + policy_.job_interval,
                  next_attempt(failures_, failed != nullptr ? failed->retry_after : std::nullopt, policy_, moment));
  observer_.notice("vault.list-failed", "",
                   "cannot list the restore jobs of vault " + place_.vault.name + ": " + problem.text() +
                       "; trying again at " + to_rfc3339(due_));
}

void VaultWatcher::tell(const std::vector<JobRow>& rows) {
  std::set<std::string> listed;
  std::vector<std::pair<JobId, JobListed>> news;
  for (const JobRow& row : rows) {
    const auto found = watched_.find(to_lower(row.azure_job_id));
    if (found == watched_.end()) continue;
    listed.insert(found->first);
    // An end is told every time: the details may lag behind the list, and are then read again.
    if (found->second.status == row.status && is_running(row.status)) continue;
    found->second.status = row.status;
    news.emplace_back(found->second.id, JobListed{row.status});
  }
  for (const auto& [azure_job_id, watched] : watched_) {
    if (!listed.contains(azure_job_id)) news.emplace_back(watched.id, JobListed{std::nullopt});
  }
  for (auto& [id, event] : news) deliver_(id, std::move(event));
}

}  // namespace azrestored
