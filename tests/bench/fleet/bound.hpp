// The least delay from a restore's end to its being known that any schedule of lists could reach with N reads an hour.
//
// All N are spent on lists of running jobs, of 200 rows a page: nothing is spent on starting, on details, on people.
// The schedule knows how many restores run in each vault and how often they end, but not when one will. So its reads of
// a vault are evenly spaced, T apart, an end waits between 0 and T for the next, and the mean delay is T/2. A list of a
// vault costs c = ceil(running / 200) pages, at least one. With ends at the rate r_v, the sum of r_v T_v / 2 is least,
// while the sum of c_v / T_v is N an hour, when the density of a vault's lists, 1/T_v, is proportional to sqrt(r_v /
// c_v): for vaults that cost the same, to the square root of their rates of ends. (Of schedules with evenly spaced
// reads none has a smaller mean; between vaults that are alike none has a smaller median either, since what one vault
// is read more often, another is read less, and both are uniform.) Within an hour the reads are spread over the vaults
// and over ten- minute bins by that rule; a rate is the mean over as many bins as hold 50 ends, lest it tells the
// future. A list reaches back into a bin of its own: reads fall where the sum of the density passes a half, one and a
// half, ...
//
// Computed from the true starts and ends of a run, so that it is for the very restores that a client has tracked. No
// network: a list is known the moment it is asked for.
#pragma once

#include "tests/bench/fleet/outcome.hpp"

namespace azrestored::bench {

/// `reads_per_hour` of backupJobs/read, all for lists.
Delays least_delays(const Fleet& fleet, const std::vector<Restore>& restores, int reads_per_hour);

}  // namespace azrestored::bench
