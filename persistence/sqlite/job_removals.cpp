#include "persistence/sqlite/job_removals.hpp"

#include <algorithm>

#include "persistence/sqlite/time_columns.hpp"

namespace azrestored {

JobRemovals::JobRemovals(Database& database)
    : finished_(database, "SELECT id FROM job WHERE finished_at_ms < ?1 ORDER BY finished_at_ms LIMIT ?2"),
      is_finished_(database, "SELECT 1 FROM job WHERE id = ?1 AND finished_at_ms < ?2"),
      remove_lines_(database, "DELETE FROM job_event WHERE job_id = ?1"),
      remove_spec_(database, "DELETE FROM job_spec WHERE job_id = ?1"),
      remove_job_(database, "DELETE FROM job WHERE id = ?1") {}

std::vector<JobId> JobRemovals::finished(Instant before, int limit) {
  std::vector<JobId> ids;
  Cursor rows = finished_.run(to_ms(before), std::max(limit, 0));
  while (rows.step()) ids.push_back(rows.text(0));
  return ids;
}

int JobRemovals::remove(const std::vector<JobId>& ids, Instant before) {
  int removed = 0;
  for (const JobId& id : ids) {
    if (!is_finished_.run(id, to_ms(before)).step()) continue;  // an operator has retried it meanwhile
    remove_lines_.execute(id);
    remove_spec_.execute(id);
    removed += remove_job_.execute(id);
  }
  return removed;
}

}  // namespace azrestored
