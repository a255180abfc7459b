// One simulated run: the real core (supervisor, runners, vault watchers) over a virtual clock, the model of Azure and
// the in-memory store, with the daemon crashing at port calls and starting again over the rows it left.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "core/supervisor.hpp"
#include "persistence/memory_store.hpp"
#include "tests/sim/model_azure.hpp"
#include "tests/sim/virtual_clock.hpp"

namespace azrestored::sim {

struct RunOptions {
  std::uint64_t seed = 1;
  int jobs = 3;
  int first_job = 0;  // which kind comes first: with pre-flight, into another region, or unchecked
  int crash_one_in = 150;  // port calls; 0: never by chance
  int crash_at_call = 0;   // exactly there, once; 0: not
  bool commands = true;    // people cancel, hold, release and retry
};

struct RunResult {
  std::vector<std::string> violations;  // of the invariants, in words
  int crashes = 0;
  int port_calls = 0;
  std::string states;  // of all jobs at the end
};

/// Runs until every job is at rest, or a virtual bound that is far beyond what it may take.
RunResult run_world(const RunOptions& options);

}  // namespace azrestored::sim
