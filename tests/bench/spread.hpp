// Measurements repeated: their middle, how far they lie apart, and the loop that tells how quiet the machine is.
#pragma once

#include <vector>

namespace azrestored::bench {

struct Spread {
  double median = 0;
  double relative = 0;  // (90th percentile - 10th) / median: 0.05 means that most lie within 5 %
};

/// Of at least one measurement.
[[nodiscard]] Spread spread_of(std::vector<double> measurements);

/// The value below which the share `p` (0 to 1) of the measurements lies.
[[nodiscard]] double percentile(std::vector<double> measurements, double p);

/// Seconds that a fixed piece of arithmetic takes, `times` times: what differs is the machine's doing, not ours.
[[nodiscard]] std::vector<double> reference_loop(int times);

}  // namespace azrestored::bench
