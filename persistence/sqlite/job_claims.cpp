// Claims jobs. core/admission/admission.hpp decides which queued job is next. This file reads the first job of each
// lane, in steps from lane to lane through the index job_waiting. The cost does not depend on the number of jobs in a
// lane. Adjacent lanes that share an exhausted limit are skipped in one step.
#include "persistence/sqlite/job_claims.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "persistence/sqlite/job_reads.hpp"
#include "persistence/sqlite/state_conditions.hpp"

namespace azrestored {
namespace {

// WHERE and ORDER BY repeat those of the indices job_begun and job_waiting word by word; otherwise SQLite does not use
// them. job_waiting is named, because SQLite would otherwise find all queued jobs by their state and sort them.
const std::string claim_begun_sql =
    "UPDATE job SET claimed_by = ?1 WHERE id IN ("
    "SELECT id FROM job WHERE claimed_by IS NULL AND " +
    is_begun_sql() + " ORDER BY created_ms, id LIMIT ?2) RETURNING ";

const std::string head_sql =
    "SELECT lane, priority, created_ms, id FROM job INDEXED BY job_waiting "
    "WHERE claimed_by IS NULL AND " +
    is_queued_sql() +
    " AND lane >= ?1 "
    "ORDER BY lane, priority DESC, created_ms, id LIMIT 1";

/// The jobs that ?1 has claimed. If ?2 is given, only those younger than the job ?2. No job has the id "".
const std::string ours_behind =
    "claimed_by = ?1 AND (created_ms, id) > (coalesce((SELECT created_ms FROM job WHERE id = ?2), -1), "
    "coalesce(?2, '')) ";

auto age_of(const Job& job) {
  return std::make_tuple(job.created_at, std::string_view(job.id));
}

}  // namespace

JobClaims::JobClaims(Database& database, std::string owner)
    : owner_(std::move(owner)),
      claim_begun_(database, claim_begun_sql + "id, " + job_body_columns),
      claim_one_(database, "UPDATE job SET claimed_by = ?1 WHERE id = ?2 RETURNING id, " + job_body_columns),
      head_(database, head_sql),
      resume_(database,
              "SELECT id, " + job_body_columns + " FROM job WHERE " + ours_behind + "ORDER BY created_ms, id LIMIT ?3"),
      release_(database, "UPDATE job SET claimed_by = NULL WHERE " + ours_behind) {}

Result<std::vector<Job>> JobClaims::claim(int limit, Admission admission) {
  limit = std::max(limit, 0);  // a negative LIMIT is no limit to SQLite
  std::vector<Job> jobs = take(claim_begun_.run(owner_, limit));
  std::ranges::sort(jobs, {}, age_of);  // RETURNING promises no order
  for (const Job& job : jobs) admission.began(Lane::of(job));
  claim_queued(limit - static_cast<int>(jobs.size()), admission, jobs);
  return jobs;
}

Result<std::vector<Job>> JobClaims::resume(int limit, const std::optional<JobId>& after) {
  Cursor rows = resume_.run(owner_, after, std::max(limit, 0));
  return read_jobs(rows);
}

Result<void> JobClaims::release(const std::optional<JobId>& after) {
  release_.execute(owner_, after);
  return {};
}

std::vector<Job> JobClaims::take(Cursor rows) {
  auto jobs = read_jobs(rows);
  // The rows are already claimed, and would have no runner: the transaction must be rolled back. Transient, because one
  // row that this version cannot read does not mean that the database is damaged.
  if (!jobs) throw DatabaseFailure(Error(ErrorKind::transient, jobs.error().sentence()));
  return std::move(*jobs);
}

void JobClaims::claim_queued(int limit, Admission& admission, std::vector<Job>& jobs) {
  if (limit == 0) return;
  dequeue(admission, open_lanes(admission), limit, [&](const LaneFront& head) -> std::optional<QueuePosition> {
    std::ranges::move(take(claim_one_.run(owner_, head.first.id)), std::back_inserter(jobs));
    auto next = head_from(head.lane.text());
    if (!next || next->lane.text() != head.lane.text()) return std::nullopt;
    return std::move(next->first);
  });
}

/// The first job of each lane to which no exhausted limit applies.
std::vector<LaneFront> JobClaims::open_lanes(const Admission& admission) {
  std::vector<LaneFront> heads;
  auto head = head_from("");
  while (head) {
    const std::optional<ConcurrencyLimit> full = admission.exhausted(head->lane);
    const std::string next = head->lane.end_of(full.value_or(ConcurrencyLimit::target_group));
    if (!full) heads.push_back(std::move(*head));
    head = head_from(next);
  }
  return heads;
}

/// The first job of the lane `lane`, or of the next lane.
std::optional<LaneFront> JobClaims::head_from(const std::string& lane) {
  Cursor row = head_.run(lane);
  if (!row.step()) return std::nullopt;
  LaneFront head;
  head.lane = Lane::from_text(row.text(0));
  head.first.priority = static_cast<int>(row.integer(1));
  head.first.created_at = Instant(Millis(row.integer(2)));
  head.first.id = row.text(3);
  return head;
}

}  // namespace azrestored
