// Every INSERT and UPDATE of jobs. A change and its history line are two statements of one transaction.
#include "persistence/sqlite/job_writes.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "core/job/stored_job.hpp"
#include "persistence/sqlite/job_reads.hpp"
#include "persistence/sqlite/time_columns.hpp"
#include "persistence/store_errors.hpp"

namespace azrestored {
namespace {

/// A byte that is no UTF-8 (an answer of the service that lied about its charset) must not cost us the job.
std::string to_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<std::int64_t> finished_at_ms(const Job& job) {
  if (!is_final(job.state)) return std::nullopt;
  return to_ms(job.since);
}

/// The lane of a queued job; "" for all others, so that finished jobs store no lane.
std::string lane_of(const Job& job) {
  return std::holds_alternative<Queued>(job.state) ? Lane::of(job).text() : std::string();
}

// The columns that every save writes, ?1 to ?8. The other columns are written once, or change only with the state.
// SQLite does not touch an index that has none of these columns, nor run the state's trigger.
const std::string changed_columns =
    "since_ms = ?3, version = ?2, not_before_ms = ?4, failures = ?5, members = ?6, progress = ?7";
const std::string over_version = " WHERE id = ?1 AND version = ?2 - 1";

/// Executes `statement` with ?1 to ?8, and with `own` from ?9 on.
template <class... Own>
int execute_with_changes(Statement& statement, const Job& job, const JobTexts& texts, const Own&... own) {
  return statement.execute(job.id, job.version, to_ms(job.since), to_ms(job.not_before), job.failures, texts.members,
                           texts.progress, state_name(job.state), own...);
}

}  // namespace

JobWrites::JobWrites(Database& database)
    : is_stored_(database, "SELECT 1 FROM job WHERE id = ?1"),
      insert_(database, "INSERT INTO job (id, " + job_body_columns +
                            ", lane) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
                            "?17, ?18, ?19, ?20)"),
      insert_spec_(database, "INSERT INTO job_spec (job_id, spec) VALUES (?1, ?2)"),
      insert_line_(database,
                   "INSERT INTO job_event (job_id, at_ms, from_state, to_state, cause, detail, http_status, "
                   "azure_request_id, azure_correlation_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
      // When a job comes to rest, the same write ends its claim.
      save_(database, "UPDATE job SET " + changed_columns +
                          ", state = ?8, lane = ?9, finished_at_ms = ?10, "
                          "claimed_by = iif(?11, NULL, claimed_by)" +
                          over_version),
      save_in_state_(database, "UPDATE job SET " + changed_columns + over_version + " AND state = ?8") {}

JobTexts texts_of(const Job& job) {
  return {to_text(state_to_json(job)), to_text(progress_to_json(job.progress))};
}

Result<void> JobWrites::insert(const std::vector<NewRow>& rows) {
  std::set<std::string_view> ids;
  for (const NewRow& row : rows) {
    const JobId& id = row.entry.added.job.id;
    const bool is_given_twice = !ids.insert(id).second;
    if (is_given_twice || is_stored_.run(id).step()) return answers::job_exists(id);
  }
  for (const NewRow& row : rows) insert_row(row);
  return {};
}

void JobWrites::insert_row(const NewRow& row) {
  const Job& job = row.entry.added.job;
  insert_.execute(job.id, job.name, job.vault.subscription, job.vault.resource_group, job.vault.name, job.vm,
                  job.recovery_type, job.submitter_uid, to_ms(job.created_at), state_name(job.state), to_ms(job.since),
                  job.version, to_ms(job.not_before), job.failures, row.texts.members, row.texts.progress, job.priority,
                  job.storage_account, job.target_group, lane_of(job));
  insert_spec_.execute(job.id, row.entry.added.spec);
  add_line(job.id, row.entry.line);
}

Result<Job> JobWrites::save(Job job, const JobTexts& texts, const std::optional<HistoryLine>& line) {
  ++job.version;
  // A save without a history line most likely does not change the state.
  const bool saved_in_state = !line && execute_with_changes(save_in_state_, job, texts) > 0;
  if (!saved_in_state &&
      execute_with_changes(save_, job, texts, lane_of(job), finished_at_ms(job), is_at_rest(job.state)) == 0) {
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
