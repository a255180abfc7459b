// The outcome of one run of a client against FleetAzure, and its figures.
#pragma once

#include "tests/bench/fleet/fleet_azure.hpp"

namespace azrestored::bench {

struct Outcome {
  Instant began_at{};
  std::vector<Instant> known_at;  // when the client knew each restore's end; Instant::max(): never
  std::vector<Restore> restores;
  std::map<std::string, Tally> tallies;
  int lists = 0;
  int gets = 0;
  double cpu_seconds = 0;  // of the whole run, including the model
};

/// The figures of the service after the run.
void take_truth(Outcome& outcome, const FleetAzure& azure);

struct Delays {
  double p50_s = 0;
  double p99_s = 0;
};
Delays delays_of(std::vector<double> seconds);
/// From the true end of each restore until it was known.
Delays delays_of(const Outcome& outcome);

int requests_of(const Outcome& outcome);
int refused_of(const Outcome& outcome);
/// The tally of the actions whose name ends with this text.
Tally tally_of(const Outcome& outcome, std::string_view ending);
/// From the first request to the last known end.
double hours_of(const Outcome& outcome);
/// The number of restores that were done exactly once and whose end is known.
int done_in(const Outcome& outcome);

}  // namespace azrestored::bench
