// The verdict on a long run, from outside of the daemon: the simulator's count of restores, the database read with
// SQLite, and the spool. Every deviation is a failure of the calling test.
#pragma once

#include <vector>

#include "tests/support/stage.hpp"
#include "tests/torture/population.hpp"

namespace azrestored::test {

/// Every job, or every job in a state, from `azrestorectl list`.
std::vector<Json> all_jobs(const Stage& stage, const std::string& state = "");

/// Waits until `count` jobs exist and all of them have finished. A held job is released, as an operator would do after
/// a check; returns how often that was needed.
int wait_for_all(Stage& stage, std::size_t count, std::chrono::seconds limit);

/// The number of backup jobs that were started, by the simulator's count. An operation that fails before it makes a
/// backup job has started nothing and leaves no trace: its request may be sent again if the response was lost.
std::vector<Json> started_restores(const Stage& stage);

/// Checks: (I1) one restore per job; (I2) each file is one job and the spool is empty; (I5) each history is a chain
/// without a gap that ends in the job's state; (I6) state and Azure agree; the database is intact. Stops the daemon.
void expect_all_done_once(Stage& stage, const std::vector<Member>& members);

}  // namespace azrestored::test
