// The contract with a map. It sorts where SQLite uses an index, so it is suited for some thousand jobs.
#include "persistence/memory/memory_store.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/base/case_folding.hpp"
#include "persistence/store_errors.hpp"

namespace azrestored {
namespace {

auto age(const MemoryStore::Row& row) {
  return std::make_tuple(row.job.created_at, std::string_view(row.job.id));
}

std::vector<Job> jobs_of(const std::vector<const MemoryStore::Row*>& rows) {
  std::vector<Job> jobs;
  for (const auto* row : rows) jobs.push_back(row->job);
  return jobs;
}

}  // namespace

MemoryStore::MemoryStore(std::string owner, std::shared_ptr<Rows> rows)
    : owner_(std::move(owner)), rows_(std::move(rows)) {}

asio::awaitable<Result<void>> MemoryStore::insert(std::vector<NewEntry> entries) {
  Rows added;
  for (NewEntry& entry : entries) {
    const JobId id = entry.added.job.id;
    if (rows_->contains(id) || added.contains(id)) co_return answers::job_exists(id);
    Row& row = added[id];
    row.job = std::move(entry.added.job);
    row.spec = std::move(entry.added.spec);
    row.history.push_back(std::move(entry.line));
  }
  rows_->merge(added);
  const Result<void> done;
  co_return done;
}

asio::awaitable<Result<Job>> MemoryStore::save(Job job, std::optional<HistoryLine> line) {
  const auto found = rows_->find(job.id);
  if (found == rows_->end() || found->second.job.version != job.version) co_return answers::other_version(job);
  Row& row = found->second;
  ++job.version;
  if (is_at_rest(job.state)) row.claimed_by.clear();
  if (line) row.history.push_back(std::move(*line));
  row.job = job;
  co_return job;
}

asio::awaitable<Result<Job>> MemoryStore::load(JobId id) {
  const auto found = rows_->find(id);
  if (found == rows_->end()) co_return answers::no_such_job(id);
  co_return found->second.job;
}

asio::awaitable<Result<std::string>> MemoryStore::spec(JobId id) {
  const auto found = rows_->find(id);
  if (found == rows_->end()) co_return answers::no_such_job(id);
  co_return found->second.spec;
}

asio::awaitable<Result<std::vector<Job>>> MemoryStore::claim(int limit, Admission admission) {
  std::vector<Row*> begun;
  for (auto& [id, row] : *rows_) {
    const bool is_begun = !std::holds_alternative<Queued>(row.job.state) && !is_at_rest(row.job.state);
    if (row.claimed_by.empty() && is_begun) begun.push_back(&row);
  }
  std::ranges::sort(begun, {}, [](const Row* row) { return age(*row); });
  begun.resize(std::min(begun.size(), static_cast<std::size_t>(std::max(limit, 0))));
  std::vector<Job> jobs;
  for (Row* row : begun) {
    row->claimed_by = owner_;
    jobs.push_back(row->job);
    admission.began(Lane::of(row->job));
  }
  claim_queued(limit - static_cast<int>(jobs.size()), admission, jobs);
  co_return jobs;
}

void MemoryStore::claim_queued(int limit, Admission& admission, std::vector<Job>& jobs) {
  if (limit <= 0) return;
  if (admission.may_begin() == 0) return;
  // For each lane, as many jobs as may be claimed. The first in the order is at the back.
  std::map<std::string_view, std::vector<const Row*>> lanes;
  const auto comes_later = [](const Row* a, const Row* b) {
    return comes_before(QueuePosition::of(b->job), QueuePosition::of(a->job));
  };
  for (auto& [id, row] : *rows_) {
    if (!row.claimed_by.empty() || !std::holds_alternative<Queued>(row.job.state)) continue;
    if (row.lane.empty()) row.lane = Lane::of(row.job).text();
    std::vector<const Row*>& first = lanes[row.lane];
    const auto place = std::ranges::lower_bound(first, &row, comes_later);
    if (static_cast<int>(first.size()) == limit && place == first.begin()) continue;
    first.insert(place, &row);
    if (static_cast<int>(first.size()) > limit) first.erase(first.begin());
  }
  std::vector<LaneFront> heads;
  for (const auto& [text, rows] : lanes)
    heads.push_back({Lane::from_text(std::string(text)), QueuePosition::of(rows.back()->job)});
  dequeue(admission, std::move(heads), limit, [&](const LaneFront& head) -> std::optional<QueuePosition> {
    Row& row = rows_->at(head.first.id);
    row.claimed_by = owner_;
    jobs.push_back(row.job);
    auto& rows = lanes.at(head.lane.text());
    rows.pop_back();
    if (rows.empty()) return std::nullopt;
    return QueuePosition::of(rows.back()->job);
  });
}

asio::awaitable<Result<std::vector<Job>>> MemoryStore::resume(int limit, std::optional<JobId> after) {
  std::vector<Job> jobs;
  for (const Row* row : by_age()) {
    if (static_cast<int>(jobs.size()) >= limit) break;
    if (row->claimed_by == owner_ && is_behind(*row, after)) jobs.push_back(row->job);
  }
  co_return jobs;
}

asio::awaitable<Result<void>> MemoryStore::release_claims(std::optional<JobId> after) {
  for (auto& [id, row] : *rows_) {
    if (row.claimed_by == owner_ && is_behind(row, after)) row.claimed_by.clear();
  }
  const Result<void> done;
  co_return done;
}

asio::awaitable<Result<std::optional<std::int64_t>>> MemoryStore::queue_position(JobId id,
                                                                                 std::optional<ConcurrencyLimit> cap) {
  std::optional<std::int64_t> place;
  const auto found = rows_->find(id);
  if (found == rows_->end()) co_return place;
  const Lane own = Lane::of(found->second.job);
  std::int64_t up_to_here = 0;
  for (const Row* row : in_line()) {
    if (!cap || Lane::of(row->job).key(*cap) == own.key(*cap)) ++up_to_here;
    if (row->job.id == id) place = up_to_here;
  }
  co_return place;
}

asio::awaitable<Result<std::vector<Job>>> MemoryStore::list(JobQuery query) {
  if (!answers::is_good_limit(query.limit)) co_return answers::bad_limit(query.limit);
  if (query.after && !rows_->contains(*query.after)) co_return answers::no_such_job(*query.after);
  const Row* after = query.after ? &rows_->at(*query.after) : nullptr;
  std::vector<const Row*> rows = by_age();
  if (!query.oldest_first) std::ranges::reverse(rows);
  std::erase_if(rows, [&](const Row* row) {
    const Job& job = row->job;
    const bool is_passed =
        after != nullptr && (query.oldest_first ? age(*row) <= age(*after) : age(*row) >= age(*after));
    return is_passed || (query.state && state_name(job.state) != *query.state) ||
           (query.vault && !same_name(job.vault.name, *query.vault)) || (query.vm && !same_name(job.vm, *query.vm)) ||
           (query.since && job.created_at < *query.since);
  });
  rows.resize(std::min(rows.size(), static_cast<std::size_t>(query.limit)));
  co_return jobs_of(rows);
}

asio::awaitable<Result<std::vector<Job>>> MemoryStore::find(std::string text) {
  int with_prefix = 0;
  int with_name = 0;
  std::vector<const Row*> rows = by_age();
  std::ranges::reverse(rows);  // if there are too many, the newest are returned
  std::erase_if(rows, [&](const Row* row) {
    const bool by_prefix = row->job.id.starts_with(text) && ++with_prefix <= answers::most_found;
    const bool by_name = row->job.name == text && ++with_name <= answers::most_found;
    return !by_prefix && !by_name;
  });
  std::ranges::reverse(rows);
  co_return jobs_of(rows);
}

asio::awaitable<Result<std::vector<HistoryLine>>> MemoryStore::history(JobId id) {
  const auto found = rows_->find(id);
  if (found == rows_->end()) co_return answers::no_such_job(id);
  co_return found->second.history;
}

asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> MemoryStore::count_by_state() {
  std::map<std::string, std::int64_t> counts;
  for (const auto& [id, row] : *rows_) ++counts[std::string(state_name(row.job.state))];
  std::vector<std::pair<std::string, std::int64_t>> listed(counts.begin(), counts.end());
  co_return listed;
}

asio::awaitable<Result<std::vector<JobId>>> MemoryStore::finished(Instant before, int limit) {
  std::vector<const Row*> rows;
  for (const auto& [id, row] : *rows_) {
    if (is_final(row.job.state) && row.job.since < before) rows.push_back(&row);
  }
  std::ranges::stable_sort(rows, {}, [](const Row* row) { return row->job.since; });
  rows.resize(std::min(rows.size(), static_cast<std::size_t>(std::max(limit, 0))));
  std::vector<JobId> ids;
  for (const Row* row : rows) ids.push_back(row->job.id);
  co_return ids;
}

asio::awaitable<Result<int>> MemoryStore::remove(std::vector<JobId> ids, Instant before) {
  int removed = 0;
  for (const JobId& id : ids) {
    const auto found = rows_->find(id);
    if (found == rows_->end() || !is_final(found->second.job.state) || found->second.job.since >= before) continue;
    rows_->erase(found);
    ++removed;
  }
  co_return removed;
}

asio::awaitable<Result<std::optional<Instant>>> MemoryStore::last_success() {
  std::optional<Instant> last;
  for (const auto& [id, row] : *rows_) {
    if (is_good_end(row.job.state)) last = std::max(last, std::optional(row.job.since));
  }
  co_return last;
}

/// The queued jobs that nobody has claimed, in the order of their turns.
std::vector<const MemoryStore::Row*> MemoryStore::in_line() const {
  std::vector<std::pair<QueuePosition, const Row*>> turns;
  for (const auto& [id, row] : *rows_) {
    if (row.claimed_by.empty() && std::holds_alternative<Queued>(row.job.state))
      turns.emplace_back(QueuePosition::of(row.job), &row);
  }
  std::ranges::sort(turns, [](const auto& a, const auto& b) { return comes_before(a.first, b.first); });
  std::vector<const Row*> rows;
  for (const auto& [turn, row] : turns) rows.push_back(row);
  return rows;
}

/// Whether the job is younger than the job `after`; true if `after` is empty.
bool MemoryStore::is_behind(const Row& row, const std::optional<JobId>& after) const {
  return !after || age(row) > age(rows_->at(*after));
}

/// Oldest first.
std::vector<const MemoryStore::Row*> MemoryStore::by_age() const {
  std::vector<const Row*> rows;
  for (const auto& [id, row] : *rows_) rows.push_back(&row);
  std::ranges::sort(rows, {}, [](const Row* row) { return age(*row); });
  return rows;
}

}  // namespace azrestored
