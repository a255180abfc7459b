// One simulated run: the real core (supervisor, runners, vault watchers) over virtual time, the model of Azure and the
// in-memory store, with the daemon crashing at port calls and starting again over the rows it left.
#pragma once

#include <functional>

#include "core/admission/limits.hpp"
#include "core/job/event.hpp"
#include "tests/sim/weather.hpp"

namespace azrestored::sim {

/// The ways a job can go; each is a job file of its own (job_kinds.cpp).
enum class JobKind { disks, unchecked, checked_locally, original, alternate, by_item, cross_region, archived, guarded };
inline constexpr int job_kinds = 9;

/// A person's command, or a step of the daemon's clock.
struct Interference {
  Millis after{};  // the begin of the run, in true time
  int job = 0;
  std::variant<Happening, Millis> what;
};

struct RunOptions {
  std::uint64_t seed = 1;
  std::vector<JobKind> jobs = {JobKind::disks};
  bool faults = true;            // network, sign-in and store; for `troubled_for`
  int crash_one_in = 0;          // port calls, while there are faults; 0: never by chance
  std::vector<int> crash_at;     // these port calls, counted over all lives of the daemon; rising
  std::deque<PostFate> posts;    // of the first POSTs
  std::deque<std::string> ends;  // of the first restores
  Millis longest_restore = std::chrono::hours(1);
  Caps caps;
  int disk_fails_one_in = 0;
  Millis disk_full_for{};
  std::vector<Interference> interferences;
  std::function<void(const std::string&)> tell;  // of every exchange, save and crash, when somebody wants to know
};

struct RunResult {
  std::vector<std::string> broken;  // invariants, in words
  int crashes = 0;
  int port_calls = 0;
  int requests = 0;
  int restores = 0;
  Millis settled_after{};    // the last fault
  std::uint64_t digest = 0;  // of every save, in order: equal runs have equal ones
  std::string states;        // of all jobs at the end
};

/// Faults end after this; see time_to_settle.
inline constexpr Millis troubled_for = std::chrono::hours(6);

/// What the seed alone decides: how many jobs of which kinds, which faults, crashes, commands and steps of the clock.
RunOptions options_of_seed(std::uint64_t seed);

/// Runs until every job is at rest, or until the last of them should have been for long.
RunResult run_world(const RunOptions& options);

/// The file of the `number`-th job.
std::string job_file(JobKind kind, int number);

}  // namespace azrestored::sim
