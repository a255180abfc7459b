// The minimum delay from a restore's end until it is known, for any schedule of lists with N reads per hour.
//
// All N are spent on lists, of 200 rows a page: none on starts, details or operators. A list of a vault
// has a row for each restore whose end is not known yet, and no others; so it costs c = ceil(running / 200) pages, at
// least one. The schedule knows how many restores run in each vault and how often they end, but not when one will. So
// its lists of a vault are evenly spaced, T apart, an end waits between 0 and T for the next, and the mean delay is
// T/2. With ends at the rate r_v, the sum of r_v T_v / 2 is least, while the sum of c_v / T_v is N an hour, when the
// density of a vault's lists, 1/T_v, is proportional to sqrt(r_v / c_v): for vaults that cost the same, to the square
// root of their rates of ends. (Between vaults that are alike no other division has a smaller median either: what one
// gains the other loses, as the delays of both are uniform.) Within each hour the reads are divided so among the vaults
// and among bins of ten minutes; a rate is the mean over as many bins as hold 50 ends, so that it does not reveal the
// future. The lists fall where the density has summed up to a half, one and a half, and so on.
//
// A service cannot be asked for the rows of unknown ends only: its list is narrowed by when the jobs were started, and
// has a row for everything that was started since the oldest that still runs. The same schedule with the pages of such
// lists (Rows::since_oldest) is what can be reached; it differs when many restores were started at once.
//
// Computed from the true starts and ends of a run, so that it is for exactly the restores that a client has tracked. No
// network: a list is known at the time of its request.
#pragma once

#include "tests/bench/fleet/outcome.hpp"

namespace azrestored::bench {

enum class Rows { unknown_only, since_oldest };

/// With the limits' reads an hour of backupJobs/read, all for lists; a quota that refills is full at first.
Delays least_delays(const Fleet& fleet, const std::vector<Restore>& restores, Limits limits, Rows rows);

}  // namespace azrestored::bench
