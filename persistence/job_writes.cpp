// Every INSERT and UPDATE of jobs. A change and its history line are two statements of one transaction, never apart.
#include "persistence/job_writes.hpp"

#include <nlohmann/json.hpp>
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

/// The lane it waits in; "" behind its turn, so that of the many jobs that have ended none keeps one.
std::string lane_of(const Job& job) {
  return std::holds_alternative<Queued>(job.state) ? Lane::of(job).text() : std::string();
}

/// Executes `statement` with ?1 to ?19 the id and job_body_columns, ?20 the lane, ?21 when it finished, and from ?22
/// what is the statement's own.
template <class... Own>
int execute_with_job(Statement& statement, const Job& job, const Own&... own) {
  return statement.execute(job.id, job.name, job.vault.subscription, job.vault.resource_group, job.vault.name, job.vm,
                           job.recovery_type, job.submitter_uid, to_ms(job.created_at), state_name(job.state),
                           to_ms(job.since), job.version, to_ms(job.not_before), job.failures,
                           to_text(state_to_json(job.state)), to_text(progress_to_json(job.progress)), job.priority,
                           job.storage_account, job.target_group, lane_of(job), finished_at_ms(job), own...);
}

std::string written_columns() {
  return job_body_columns + ", lane, finished_at_ms";
}

const std::string written_values =
    "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21";

}  // namespace

JobWrites::JobWrites(Database& database)
    : insert_(database, "INSERT INTO job (id, " + written_columns() + ") VALUES (?1, " + written_values +
                            ") ON CONFLICT (id) DO NOTHING"),
      insert_spec_(database, "INSERT INTO job_spec (job_id, spec) VALUES (?1, ?2)"),
      insert_line_(database,
                   "INSERT INTO job_event (job_id, at_ms, from_state, to_state, cause, detail, http_status, "
                   "azure_request_id, azure_correlation_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
      // ?12 is the new version. A job that has come to rest is nobody's work any more: the same write ends its claim.
      save_(database, "UPDATE job SET (" + written_columns() + ") = (" + written_values +
                          "), claimed_by = iif(?22, NULL, claimed_by) WHERE id = ?1 AND version = ?12 - 1") {}

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

void JobWrites::add_line(const JobId& id, const HistoryLine& line) {
  insert_line_.execute(id, to_ms(line.at), line.from, line.to, line.cause, line.detail, line.http_status,
                       line.azure_request_id, line.azure_correlation_id);
}

}  // namespace azrestored
