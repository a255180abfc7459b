// Repeated measurements: their median, their spread, and the loop that measures the noise of the machine.
#pragma once

#include <vector>

namespace azrestored::bench {

struct Spread {
  double median = 0;
  double relative = 0;  // (90th percentile - 10th) / median: 0.05 means that most lie within 5 %
};

/// Of at least one measurement.
[[nodiscard]] Spread spread_of(std::vector<double> measurements);

/// The quantile `p` (0 to 1) of the measurements.
[[nodiscard]] double percentile(std::vector<double> measurements, double p);

/// Seconds of a fixed piece of arithmetic, `times` times: the differences come from the machine.
[[nodiscard]] std::vector<double> reference_loop(int times);

}  // namespace azrestored::bench
