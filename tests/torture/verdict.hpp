// The verdict on a long run, from outside of the daemon: the simulator's own count of restores, the database as SQLite
// sees it, and the spool. Every departure is a failure of the test that calls.
#pragma once

#include <vector>

#include "tests/support/stage.hpp"
#include "tests/torture/population.hpp"

namespace azrestored::test {

/// Every job, or every job in a state, as `azrestorectl list` tells it.
std::vector<Json> all_jobs(const Stage& stage, const std::string& state = "");

/// Waits until `count` jobs are there and all of them have ended. What is held is released, as a person would after a
/// look at it; how often that was needed is returned.
int wait_for_all(Stage& stage, std::size_t count, std::chrono::seconds limit);

/// The backup jobs that were started, by the simulator's own count. An operation that fails before it has made one has
/// started nothing, and nothing shows that it ever was: such a request may be sent again when its answer was lost.
std::vector<Json> started_restores(const Stage& stage);

/// (I1) one restore a job; (I2) each file is one job and the spool is empty; (I5) each history is a chain without a gap
/// that ends in the job's state; (I6) state and Azure agree; and the database is sound. The daemon is stopped.
void expect_all_done_once(Stage& stage, const std::vector<Member>& members);

}  // namespace azrestored::test
