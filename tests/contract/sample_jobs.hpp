// Jobs to store, with something in every field, and the comparison of what came back.
#pragma once

#include <vector>

#include "core/job/new_job.hpp"
#include "tests/support/one_entry.hpp"

namespace azrestored {

/// The id of the n-th sample: ids rise with n, and begin with "{n}-" in eight digits.
JobId sample_id(int n);

/// A time `ms` after some morning.
Instant sample_time(int ms);

/// A freshly accepted job, created at sample_time(n), and its file.
NewJob queued_job(int n);

/// The same job later, in `state`, with all there is to learn learned.
Job later(Job job, State state);

/// One state of each kind, members filled in, in the order of the variant.
std::vector<State> every_state();

HistoryLine line_of(const std::string& from, const std::string& to, const std::string& detail = "");

/// Fails the running test for every field that differs.
void expect_same(const Job& stored, const Job& expected);
void expect_same(const HistoryLine& stored, const HistoryLine& expected);

std::vector<JobId> ids_of(const std::vector<Job>& jobs);

}  // namespace azrestored
