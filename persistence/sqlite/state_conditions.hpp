// The conditions on a job's state, as SQL: the only file in persistence that turns states into SQL. The names are
// literals in the text, not bound values: SQLite uses a partial index only if the statement repeats the WHERE of the
// index literally, with the names in the same order (schema.sql; tests/contract/query_plans_test.cpp compares).
#pragma once

#include <string>

namespace azrestored {

/// Waits in the queue: the WHERE of job_waiting. Every statement about the queue has this condition. To keep a queued
/// job out of the queue (one that waits for a group of a recovery plan), add a column and test it here and in the WHERE
/// of the index. A test in the statements alone would read and skip these jobs at every claim.
std::string is_queued_sql();
/// Has begun and is not at rest: the WHERE of job_begun.
std::string is_begun_sql();
/// The restore has happened.
std::string is_good_end_sql();

}  // namespace azrestored
