// Every SELECT of jobs. Each list has an index (migrations/), so that nothing here sorts or scans a large table.
#include "persistence/sqlite/job_reads.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/job/stored_job.hpp"
#include "persistence/sqlite/state_conditions.hpp"
#include "persistence/sqlite/time_columns.hpp"
#include "persistence/store_errors.hpp"

namespace azrestored {

const std::string job_body_columns =
    "name, vault_subscription, vault_resource_group, vault_name, vm, recovery_type, submitter_uid, created_ms, "
    "state, since_ms, version, not_before_ms, failures, members, progress, priority, storage_account, target_group";

namespace {

Error unreadable(const JobId& id, const char* column, const std::string& why) {
  return {ErrorKind::corrupt, "the row of job " + id + " cannot be read: column " + column + ": " + why};
}

std::string select_jobs(const std::string& rest) {
  return "SELECT id, " + job_body_columns + " FROM job " + rest;
}

/// The lists: one statement for each way to walk an index.
struct ListKind {
  bool oldest_first = false;
  bool goes_on = false;  // after a job
  enum class Pick { all, state, vault, vm } pick = Pick::all;
};
constexpr std::array picks = {ListKind::Pick::all, ListKind::Pick::state, ListKind::Pick::vault, ListKind::Pick::vm};

/// This many jobs are read in one or two milliseconds.
constexpr std::int64_t few_jobs = 1000;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The index that most likely has the fewest matching jobs. Further conditions are checked in each row. `count` returns
/// the number of jobs in each state.
template <class Count>
ListKind::Pick pick_of(JobQuery query, Count count) {
  // The indexes compare names by ASCII letter case.
  if (query.vm && !is_ascii(*query.vm)) query.vm.reset();
  if (query.vault && !is_ascii(*query.vault)) query.vault.reset();
  if (query.vm) return ListKind::Pick::vm;
  if (!query.state) return query.vault ? ListKind::Pick::vault : ListKind::Pick::all;
  if (!query.vault) return ListKind::Pick::state;
  const auto has_many = [&](const auto& each) { return each.first == query.state && each.second > few_jobs; };
  return std::ranges::any_of(count(), has_many) ? ListKind::Pick::vault : ListKind::Pick::state;
}

std::size_t which_list(const ListKind& kind) {
  return static_cast<std::size_t>(kind.pick) * 4 + (kind.goes_on ? 2 : 0) + (kind.oldest_first ? 1 : 0);
}

std::string where(ListKind::Pick pick) {
  const std::string is_state = "(?3 IS NULL OR state = ?3) AND ";
  const std::string is_vault = "(?5 IS NULL OR fold_case(vault_name) = fold_case(?5)) AND ";
  const std::string is_vm = "(?6 IS NULL OR fold_case(vm) = fold_case(?6)) AND ";
  switch (pick) {
    case ListKind::Pick::all:
      return "INDEXED BY job_by_age WHERE " + is_vault + is_vm;
    case ListKind::Pick::state:
      return "INDEXED BY job_by_state WHERE state = ?3 AND " + is_vault + is_vm;
    case ListKind::Pick::vault:
      return "INDEXED BY job_by_vault WHERE vault_name = ?5 COLLATE NOCASE AND " + is_state + is_vm;
    case ListKind::Pick::vm:
      return "INDEXED BY job_by_vm WHERE vm = ?6 COLLATE NOCASE AND " + is_vault + is_state;
  }
  return "";
}

/// ?1 limit, ?2 the job after which the list begins, ?3 state, ?4 since, ?5 vault, ?6 VM.
/// The order of jobs: of two jobs created in one millisecond, the one with the greater id is later.
std::string list_sql(const ListKind& kind) {
  std::string sql = where(kind.pick);
  // SQLite enters the index at one lower bound. The "+" makes it the bound of the page, which is the later one.
  if (kind.oldest_first && kind.goes_on) sql += "+";
  sql += "created_ms >= ?4 ";
  const std::string behind = kind.oldest_first ? ">" : "<";
  if (kind.goes_on) sql += "AND (created_ms, id) " + behind + " (SELECT created_ms, id FROM job WHERE id = ?2) ";
  return select_jobs(
      sql + (kind.oldest_first ? "ORDER BY created_ms, id LIMIT ?1" : "ORDER BY created_ms DESC, id DESC LIMIT ?1"));
}

std::vector<Statement> prepare_lists(Database& database) {
  std::vector<Statement> lists;
  for (const auto pick : picks) {
    for (const bool goes_on : {false, true}) {
      for (const bool oldest_first : {false, true})
        lists.emplace_back(database, list_sql(ListKind{oldest_first, goes_on, pick}));
    }
  }
  return lists;
}

// Ids are lower-case letters, digits and '-', all below '~', so that every id with a prefix lies between the two bounds
// and the index on ids finds them. If there are too many, the newest are returned: a name may have been used for years.
const std::string found_jobs =
    "WHERE id IN ("
    "SELECT * FROM (SELECT id FROM job WHERE id >= ?1 AND id < ?1 || '~' ORDER BY created_ms DESC, id DESC LIMIT ?2) "
    "UNION "
    "SELECT * FROM (SELECT id FROM job WHERE name = ?1 ORDER BY created_ms DESC, id DESC LIMIT ?2)) "
    "ORDER BY created_ms, id";

// The number of queued jobs up to a job, itself included, in a range of lanes. If ?6 is given, only in lanes that
// contain it. Reads only the index job_waiting.
const std::string count_up_to = "SELECT count(*) FROM job INDEXED BY job_waiting WHERE claimed_by IS NULL AND " +
                                is_queued_sql() +
                                " AND lane >= ?1 AND lane < ?2 "
                                "AND (priority > ?3 OR (priority = ?3 AND (created_ms, id) <= (?4, ?5))) "
                                "AND (?6 IS NULL OR instr(lane, ?6) > 0)";

// Reads backwards from the job that finished last. The limit is for stores in which every job has failed.
const std::string newest_success =
    "SELECT finished_at_ms FROM (SELECT finished_at_ms, state FROM job INDEXED BY job_by_end "
    "WHERE finished_at_ms IS NOT NULL ORDER BY finished_at_ms DESC LIMIT 100000) "
    "WHERE " +
    is_good_end_sql() + " LIMIT 1";

/// The lanes that share a limit with one lane.
struct Sharers {
  std::string begin;
  std::string end = "\xff";  // no UTF-8 text sorts after it
  std::optional<std::string> part;
};

Sharers sharers_of(const Lane& lane, std::optional<ConcurrencyLimit> cap) {
  Sharers sharers;
  if (!cap) return sharers;
  // Lanes of one subscription or vault are adjacent; those of one account or group are not.
  if (*cap == ConcurrencyLimit::subscription || *cap == ConcurrencyLimit::vault) {
    sharers.begin = lane.begin_of(*cap);
    sharers.end = lane.end_of(*cap);
  } else {
    sharers.part = lane.part_of(*cap);
  }
  return sharers;
}

}  // namespace

Result<Job> read_job(const Cursor& row) {
  Job job;
  job.id = row.text(0);
  job.name = row.text(1);
  job.vault.subscription = row.text(2);
  job.vault.resource_group = row.text(3);
  job.vault.name = row.text(4);
  job.vm = row.text(5);
  job.recovery_type = row.text(6);
  job.submitter_uid = row.integer(7);
  job.created_at = from_ms(row.integer(8));
  const std::string state = row.text(9);
  job.since = from_ms(row.integer(10));
  job.version = row.integer(11);
  job.not_before = from_ms(row.integer(12));
  job.failures = static_cast<int>(row.integer(13));

  const auto members = nlohmann::json::parse(row.text(14), nullptr, false);
  if (members.is_discarded()) return unreadable(job.id, "members", "not JSON");
  auto read_state = state_from_json(state, members);
  if (!read_state) return unreadable(job.id, "members", read_state.error().sentence());
  job.state = std::move(*read_state);

  const auto progress = nlohmann::json::parse(row.text(15), nullptr, false);
  if (progress.is_discarded()) return unreadable(job.id, "progress", "not JSON");
  auto read_progress = progress_from_json(progress);
  if (!read_progress) return unreadable(job.id, "progress", read_progress.error().sentence());
  job.progress = std::move(*read_progress);
  job.priority = static_cast<int>(row.integer(16));
  job.storage_account = row.text(17);
  job.target_group = row.text(18);
  return job;
}

Result<std::vector<Job>> read_jobs(Cursor& rows) {
  std::vector<Job> jobs;
  while (rows.step()) {
    auto job = read_job(rows);
    if (!job) return job.error();
    jobs.push_back(std::move(*job));
  }
  return jobs;
}

JobReads::JobReads(Database& database)
    : load_(database, select_jobs("WHERE id = ?1")),
      spec_(database, "SELECT spec FROM job_spec WHERE job_id = ?1"),
      lists_(prepare_lists(database)),
      find_(database, select_jobs(found_jobs)),
      history_(database,
               "SELECT at_ms, from_state, to_state, cause, detail, http_status, azure_request_id, azure_correlation_id "
               "FROM job_event WHERE job_id = ?1 ORDER BY sequence"),
      in_line_(database, "SELECT lane, priority, created_ms, id FROM job WHERE id = ?1 AND claimed_by IS NULL AND " +
                             is_queued_sql()),
      up_to_(database, count_up_to),
      count_(database, "SELECT state, jobs FROM job_count WHERE jobs > 0 ORDER BY state"),
      last_success_(database, newest_success) {}

Result<Job> JobReads::load(const JobId& id) {
  Cursor row = load_.run(id);
  if (!row.step()) return answers::no_such_job(id);
  return read_job(row);
}

Result<std::string> JobReads::spec(const JobId& id) {
  Cursor row = spec_.run(id);
  if (!row.step()) return answers::no_such_job(id);
  return row.text(0);
}

Result<std::vector<Job>> JobReads::list(const JobQuery& query) {
  if (!answers::is_good_limit(query.limit)) return answers::bad_limit(query.limit);
  if (query.after) {
    Cursor row = load_.run(*query.after);
    if (!row.step()) return answers::no_such_job(*query.after);
  }
  const ListKind kind{query.oldest_first, query.after.has_value(), pick_of(query, [this] { return count_by_state(); })};
  const std::int64_t since = query.since.value_or(Instant{}).time_since_epoch().count();
  Cursor rows = lists_.at(which_list(kind)).run(query.limit, query.after, query.state, since, query.vault, query.vm);
  return read_jobs(rows);
}

Result<std::vector<Job>> JobReads::find(const std::string& text) {
  Cursor rows = find_.run(text, answers::most_found);
  return read_jobs(rows);
}

Result<std::vector<HistoryLine>> JobReads::history(const JobId& id) {
  std::vector<HistoryLine> lines;
  Cursor rows = history_.run(id);
  while (rows.step()) {
    HistoryLine line;
    line.at = from_ms(rows.integer(0));
    line.from = rows.text(1);
    line.to = rows.text(2);
    line.cause = rows.text(3);
    line.detail = rows.text(4);
    line.http_status = static_cast<int>(rows.integer(5));
    line.azure_request_id = rows.text(6);
    line.azure_correlation_id = rows.text(7);
    lines.push_back(std::move(line));
  }
  if (lines.empty()) return answers::no_such_job(id);  // every job has a line since its insertion
  return lines;
}

Result<std::optional<std::int64_t>> JobReads::queue_position(const JobId& id, std::optional<ConcurrencyLimit> cap) {
  Cursor own = in_line_.run(id);
  if (!own.step()) return std::optional<std::int64_t>();
  const Sharers sharers = sharers_of(Lane::from_text(own.text(0)), cap);
  Cursor count = up_to_.run(sharers.begin, sharers.end, own.integer(1), own.integer(2), own.text(3), sharers.part);
  count.step();
  return std::optional(count.integer(0));
}

std::optional<Instant> JobReads::last_success() {
  Cursor row = last_success_.run();
  return row.step() ? std::optional(from_ms(row.integer(0))) : std::nullopt;
}

StateCounts JobReads::count_by_state() {
  StateCounts counts;
  Cursor rows = count_.run();
  while (rows.step()) counts.emplace_back(rows.text(0), rows.integer(1));
  return counts;
}

}  // namespace azrestored
