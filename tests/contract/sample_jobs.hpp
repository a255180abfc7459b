// Jobs to store with a value in every field, and the comparison with what the store returns.
#pragma once

#include <vector>

#include "core/job/new_job.hpp"
#include "tests/support/one_entry.hpp"

namespace azrestored {

/// The id of the n-th sample. Ids rise with n and begin with "{n}-" in eight digits.
JobId sample_id(int n);

/// `ms` milliseconds after a fixed morning.
Instant sample_time(int ms);

/// A new job, created at sample_time(n), and its file.
NewJob queued_job(int n);

/// The same job later, in `state`, with all facts that it can learn.
Job later(Job job, State state);

/// One state of each kind with its members set, in the order of the variant.
std::vector<State> every_state();

HistoryLine line_of(const std::string& from, const std::string& to, const std::string& detail = "");

/// Fails the running test for every field that differs.
void expect_same(const Job& stored, const Job& expected);
void expect_same(const HistoryLine& stored, const HistoryLine& expected);

std::vector<JobId> ids_of(const std::vector<Job>& jobs);

}  // namespace azrestored
