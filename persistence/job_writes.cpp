// Every INSERT and UPDATE of jobs. A change and its history line are two statements of one transaction, never apart.
#include "persistence/job_writes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "persistence/answers.hpp"
#include "persistence/job_reads.hpp"

namespace azrestored {
namespace {

std::int64_t to_ms(Instant at) {
  return at.time_since_epoch().count();
}

/// A byte that is no UTF-8 (an answer of the service that lied about its charset) must not cost us the job.
std::string to_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<std::int64_t> finished_at_ms(const Job& job) {
  if (!is_final(job.state)) return std::nullopt;
  return to_ms(job.since);
}

/// Executes `statement` with ?1 to ?16 the id and job_body_columns, ?17 when it finished, and from ?18 what is the
/// statement's own.
template <class... Own>
int execute_with_job(Statement& statement, const Job& job, const Own&... own) {
  return statement.execute(job.id, job.name, job.vault.subscription, job.vault.resource_group, job.vault.name, job.vm,
                           job.recovery_type, job.submitter_uid, to_ms(job.created_at), state_name(job.state),
                           to_ms(job.since), job.version, to_ms(job.not_before), job.failures,
                           to_text(state_to_json(job.state)), to_text(progress_to_json(job.progress)),
                           finished_at_ms(job), own...);
}

const std::string body_values = "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17";

// The WHERE and ORDER BY inside are those of the index job_claimable, word by word: only so does SQLite use it.
const std::string claim_sql =
    "UPDATE job SET claimed_by = ?1 WHERE id IN ("
    "SELECT id FROM job WHERE claimed_by IS NULL "
    "AND state NOT IN ('held', 'succeeded', 'succeeded-with-warnings', 'succeeded-with-findings', 'failed', "
    "'cancelled') "
    "ORDER BY state = 'queued', created_ms, id LIMIT ?2) RETURNING ";

/// Begun before queued, then by age.
auto claim_order(const Job& job) {
  return std::make_tuple(std::holds_alternative<Queued>(job.state), job.created_at, std::string_view(job.id));
}

}  // namespace

JobWrites::JobWrites(Database& database, std::string owner)
    : owner_(std::move(owner)),
      insert_(database, "INSERT INTO job (id, " + job_body_columns + ", finished_at_ms) VALUES (?1, " + body_values +
                            ") ON CONFLICT (id) DO NOTHING"),
      insert_spec_(database, "INSERT INTO job_spec (job_id, spec) VALUES (?1, ?2)"),
      insert_line_(database,
                   "INSERT INTO job_event (job_id, at_ms, from_state, to_state, cause, detail, http_status, "
                   "azure_request_id, azure_correlation_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
      // ?12 is the new version. A job that has come to rest is nobody's work any more: the same write ends its claim.
      save_(database, "UPDATE job SET (" + job_body_columns + ", finished_at_ms) = (" + body_values +
                          "), claimed_by = iif(?18, NULL, claimed_by) WHERE id = ?1 AND version = ?12 - 1"),
      claim_(database, claim_sql + "id, " + job_body_columns),
      release_(database, "UPDATE job SET claimed_by = NULL WHERE claimed_by = ?1") {}

Result<void> JobWrites::insert(const NewJob& job, const HistoryLine& line) {
  if (execute_with_job(insert_, job.job) == 0) return answers::job_exists(job.job.id);
  insert_spec_.execute(job.job.id, job.spec);
  add_line(job.job.id, line);
  return {};
}

Result<Job> JobWrites::save(Job job, const std::optional<HistoryLine>& line) {
  ++job.version;
  if (execute_with_job(save_, job, is_at_rest(job.state)) == 0) {
    --job.version;
    return answers::other_version(job);
  }
  if (line) add_line(job.id, *line);
  return job;
}

Result<std::vector<Job>> JobWrites::claim(int limit) {
  Cursor rows = claim_.run(owner_, std::max(limit, 0));  // to SQLite a negative LIMIT is none
  auto jobs = read_jobs(rows);
  // The rows are claimed by now: an error that left them so would strand them, so it must undo the transaction.
  // Transient, as one row that this version cannot read does not make the database damaged.
  if (!jobs) throw DatabaseFailure(Error(ErrorKind::transient, jobs.error().sentence()));
  std::ranges::sort(*jobs, {}, claim_order);  // RETURNING promises no order
  return jobs;
}

Result<void> JobWrites::release_claims() {
  release_.execute(owner_);
  return {};
}

void JobWrites::add_line(const JobId& id, const HistoryLine& line) {
  insert_line_.execute(id, to_ms(line.at), line.from, line.to, line.cause, line.detail, line.http_status,
                       line.azure_request_id, line.azure_correlation_id);
}

}  // namespace azrestored
