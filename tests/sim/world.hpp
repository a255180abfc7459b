// One simulated run: the real core (supervisor, runners, vault pollers) over virtual time, the model of Azure and the
// in-memory store. The daemon crashes at port calls and starts again over the rows that it left.
#pragma once

#include <functional>

#include "core/admission/limits.hpp"
#include "core/job/event.hpp"
#include "tests/sim/weather.hpp"

namespace azrestored::sim {

/// The paths that a job can take; each has its own job file (job_kinds.cpp).
enum class JobKind { disks, unchecked, checked_locally, original, alternate, by_item, cross_region, archived, guarded };
inline constexpr int job_kinds = 9;

/// An operator's command, or a step of the daemon's clock.
struct Interference {
  Millis after{};  // after the start of the run, in true time
  int job = 0;
  std::variant<EventPayload, Millis> what;
};

struct RunOptions {
  std::uint64_t seed = 1;
  std::vector<JobKind> jobs = {JobKind::disks};
  bool faults = true;            // network, sign-in and store; for `troubled_for`
  int crash_one_in = 0;          // port calls, while there are faults; 0: never at random
  std::vector<int> crash_at;     // these port calls, counted over all lives of the daemon; ascending
  std::deque<PostFate> posts;    // outcomes of the first POSTs
  std::deque<std::string> ends;  // results of the first restores
  Millis longest_restore = std::chrono::hours(1);
  ConcurrencyLimits caps;
  int disk_fails_one_in = 0;
  Millis disk_full_for{};
  std::vector<Interference> interferences;
  std::function<void(const std::string&)> report;  // receives every exchange, save and crash, if set
};

struct RunResult {
  std::vector<std::string> broken;  // invariants, as sentences
  int crashes = 0;
  int port_calls = 0;
  int requests = 0;
  int restores = 0;
  Millis settled_after{};    // after the last fault
  std::uint64_t digest = 0;  // of all saves in order; equal for equal runs
  std::string states;        // of all jobs at the end
};

/// Faults end after this time; see time_to_settle.
inline constexpr Millis troubled_for = std::chrono::hours(6);

/// What the seed alone decides: the number and kinds of jobs, the faults, crashes, commands and steps of the clock.
RunOptions options_of_seed(std::uint64_t seed);

/// Runs until every job is at rest, or until the last job should have ended long ago.
RunResult run_world(const RunOptions& options);

/// The file of the `number`-th job.
std::string job_file(JobKind kind, int number);

}  // namespace azrestored::sim
