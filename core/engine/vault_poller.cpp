#include "core/engine/vault_poller.hpp"

#include <algorithm>
#include <set>

#include "core/azure/problem.hpp"
#include "core/azure/status_words.hpp"
#include "core/base/text.hpp"
#include "core/job/event.hpp"

namespace azrestored {
namespace {

/// The window of the list begins this long before the oldest tracked POST: `clock_offset_` can be wrong by some time.
constexpr Millis window_margin = std::chrono::hours(1);
/// Maximum delay, in intervals, of a list that cannot contain an end yet: the recent durations may no longer hold.
constexpr int max_intervals_off = 10;
/// Length of a UUID. Azure may append text to our request id in an activityId.
constexpr std::size_t request_id_length = 36;

}  // namespace

VaultPoller::VaultPoller(RestoreScope scope, ArmClient& arm, Clock& clock, IdSource& ids, Observer& observer,
                         const Policy& policy, Deliver deliver)
    : scope_(std::move(scope)),
      arm_(arm),
      clock_(clock),
      ids_(ids),
      observer_(observer),
      policy_(policy),
      deliver_(std::move(deliver)),
      timer_(clock.make_timer()) {}

void VaultPoller::watch(const Job& job) {
  const Progress& progress = job.progress;
  if (progress.azure_job_id.empty()) {
    unconfirmed_.try_emplace(to_lower(progress.request_id), UnconfirmedJob{job.id, progress.posted_at, false});
    return;
  }
  unconfirmed_.erase(to_lower(progress.request_id));
  tracked_.try_emplace(to_lower(progress.azure_job_id),
                       TrackedJob{job.id, progress.posted_at, Instant{}, progress.azure_status});
}

void VaultPoller::unwatch(const Job& job) {
  tracked_.erase(to_lower(job.progress.azure_job_id));
  unconfirmed_.erase(to_lower(job.progress.request_id));
  if (idle()) timer_->notify();
}

void VaultPoller::stop() {
  stopping_ = true;
  timer_->notify();
}

asio::awaitable<void> VaultPoller::run() {
  due_ = clock_.now() + policy_.job_interval;
  while (!stopping_ && !idle()) {
    if (clock_.now() < due_) {
      co_await timer_->wait_until(due_);
    } else {
      co_await list_once();
    }
  }
}

Instant VaultPoller::oldest_post() const {
  Instant oldest = clock_.now();
  for (const auto& [id, tracked] : tracked_) oldest = std::min(oldest, tracked.posted_at);
  for (const auto& [id, unconfirmed] : unconfirmed_) oldest = std::min(oldest, unconfirmed.posted_at);
  return oldest;
}

HttpRequest VaultPoller::list_request() const {
  return list_restore_jobs(arm_.target(), scope_, oldest_post() + clock_offset_ - window_margin,
                           clock_.now() + clock_offset_ + window_margin);
}

asio::awaitable<void> VaultPoller::list_once() {
  const Instant began_at = clock_.now();
  HttpRequest request = list_request();
  ArmClient::StopCondition<JobRow> enough = [this](const PagedList<JobRow>& list) { return can_stop_early(list); };
  auto rows = co_await arm_.list_all(std::move(request), &read_jobs, began_at, RequestPriority::background(),
                                     std::move(enough));
  const Moment moment{clock_.now(), ids_.fraction()};
  if (const auto* event = std::get_if<Event>(&rows)) {
    if (!std::holds_alternative<RequestWithdrawn>(event->what)) publish_failure(*event, moment);
    co_return;
  }
  failures_ = 0;
  const auto& list = std::get<PagedList<JobRow>>(rows);
  if (list.azure_time) clock_offset_ = *list.azure_time - moment.now;
  part_lists_ = list.whole ? 0 : part_lists_ + 1;
  if (list.whole) whole_pages_ = list.pages;
  publish(list);
  due_ = next_due(moment.now);
}

/// `unseen` of the tracked jobs are on the `left` remaining pages. Assume that every list reads the first pages, that
/// every n-th list reads the remaining ones as well, and that all tracked jobs are equally likely to end. Then the mean
/// time until an end is known is shortest for n * n = left * seen / unseen.
bool VaultPoller::can_stop_early(const PagedList<JobRow>& list) const {
  if (whole_pages_ == 0) return false;
  const auto seen = std::ranges::count_if(
      list.rows, [this](const JobRow& row) { return tracked_.contains(to_lower(row.azure_job_id)); });
  const auto unseen = std::max<std::ptrdiff_t>(0, std::ssize(tracked_) - seen);
  const std::ptrdiff_t left = std::max(1, whole_pages_ - list.pages);
  const std::ptrdiff_t lists = part_lists_ + 1;
  return lists * lists * unseen < left * seen;
}

/// polling.jobInterval from now. Sooner if many restores run: then after about the mean time between two ends. Later if
/// quota is scarce and no tracked job can have ended by then.
Instant VaultPoller::next_due(Instant now) const {
  const Millis between_ends = durations_.median() / std::max<Millis::rep>(1, static_cast<Millis::rep>(tracked_.size()));
  const Millis least_interval = std::min(policy_.minimum_interval, policy_.job_interval);
  const Instant due = now + std::clamp(between_ends, least_interval, policy_.job_interval);
  const auto least = durations_.lower_bound();
  if (!least || !unconfirmed_.empty() || arm_.has_headroom(list_request())) return due;
  return std::clamp(oldest_post() + *least, due, now + max_intervals_off * policy_.job_interval);
}

/// Schedules the next attempt. If Azure refuses the list, or the list fails for a long time, the jobs read their own
/// details instead.
void VaultPoller::publish_failure(const Event& failure, Moment moment) {
  ++failures_;
  const auto* failed = std::get_if<ReadFailed>(&failure.what);
  const Problem problem = failed != nullptr ? failed->problem : std::get<ReadRefused>(failure.what).problem;
  due_ = std::max(moment.now + policy_.job_interval,
                  next_attempt(failures_, failed != nullptr ? failed->retry_after : std::nullopt, policy_, moment));
  observer_.notice("vault.list-failed", "",
                   "cannot list the restore jobs of vault " + scope_.vault.name + ": " + problem.text() +
                       "; trying again at " + to_rfc3339(due_));
  const bool for_long = failed == nullptr || (failures_ >= policy_.max_list_failures && problem.http_status != 429);
  if (!for_long) return;
  Notifications notifications;
  for (const auto& [azure_job_id, tracked] : tracked_)
    notifications.emplace_back(tracked.id, Event(DetailsRequested{}));
  for (auto& [id, event] : notifications) deliver_(id, std::move(event));
}

void VaultPoller::publish(const PagedList<JobRow>& list) {
  const std::vector<JobRow>& rows = list.rows;
  std::set<std::string> listed;
  Notifications notifications;
  for (const JobRow& row : rows) {
    learn(row);
    const auto found = tracked_.find(to_lower(row.azure_job_id));
    if (found == tracked_.end()) continue;
    listed.insert(found->first);
    // An end is reported with every list: the details may be older than the list, and are then read again.
    if (found->second.status == row.status && is_running(backup_job_status(row.status))) continue;
    found->second.status = row.status;
    notifications.emplace_back(found->second.id, Event(JobListed{row.status}));
  }
  for (const auto& [azure_job_id, tracked] : tracked_) {
    if (list.whole && !listed.contains(azure_job_id))
      notifications.emplace_back(tracked.id, Event(JobListed{std::nullopt}));
  }
  add_found(rows, notifications);
  if (!rows.empty()) request_details(notifications);
  for (auto& [id, event] : notifications) deliver_(id, std::move(event));
}

void VaultPoller::learn(const JobRow& row) {
  if (row.duration && backup_job_status(row.status) == BackupJobStatus::completed)
    durations_.add(row.azure_job_id, *row.duration);
}

/// Finds the backup jobs of unconfirmed jobs by their request ids: one list is cheaper than a read of each operation.
/// If two backup jobs have the same request id, the job's operation decides.
void VaultPoller::add_found(const std::vector<JobRow>& rows, Notifications& notifications) {
  if (unconfirmed_.empty()) return;
  // The key is the request id, not an address: the order of the events must not depend on the allocator.
  std::map<std::string, const JobRow*> found;
  for (const JobRow& row : rows) {
    // Azure may have appended text to our id (azure-backup-api.md 11).
    const std::string request_id = to_lower(row.activity_id.substr(0, request_id_length));
    const auto it = unconfirmed_.find(request_id);
    if (it == unconfirmed_.end() || it->second.published) continue;
    const auto [entry, is_new] = found.try_emplace(request_id, &row);
    if (!is_new && entry->second != nullptr && !iequals(entry->second->azure_job_id, row.azure_job_id))
      entry->second = nullptr;
  }
  for (const auto& [request_id, row] : found) {
    if (row == nullptr) continue;
    UnconfirmedJob& unconfirmed = unconfirmed_.at(request_id);
    unconfirmed.published = true;
    notifications.emplace_back(unconfirmed.id, Event(SearchFound{row->azure_job_id, row->status}));
  }
}

/// Requests the details of some jobs if the quota has headroom, those with the oldest details first.
void VaultPoller::request_details(Notifications& notifications) {
  if (!arm_.has_headroom(list_request())) return;
  const Instant now = clock_.now();
  const Millis pause = policy_.job_interval * policy_.intervals_per_read;
  std::vector<TrackedJob*> unread;
  for (auto& [azure_job_id, tracked] : tracked_) {
    if (is_running(backup_job_status(tracked.status)) && tracked.offered_at + pause <= now) unread.push_back(&tracked);
  }
  const auto count = std::min<std::size_t>(unread.size(), static_cast<std::size_t>(policy_.reads_per_list));
  std::partial_sort(unread.begin(), unread.begin() + static_cast<std::ptrdiff_t>(count), unread.end(),
                    [](const TrackedJob* a, const TrackedJob* b) { return a->offered_at < b->offered_at; });
  for (std::size_t i = 0; i < count; ++i) {
    unread[i]->offered_at = now;
    notifications.emplace_back(unread[i]->id, Event(DetailsRequested{}));
  }
}

}  // namespace azrestored
