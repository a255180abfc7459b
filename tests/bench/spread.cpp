#include "tests/bench/spread.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace azrestored::bench {

double percentile(std::vector<double> measurements, double p) {
  const auto last = static_cast<double>(measurements.size() - 1);
  const auto index = static_cast<std::ptrdiff_t>(std::lround(std::clamp(p, 0.0, 1.0) * last));
  std::nth_element(measurements.begin(), measurements.begin() + index, measurements.end());
  return measurements[static_cast<std::size_t>(index)];
}

Spread spread_of(std::vector<double> measurements) {
  const double median = percentile(measurements, 0.5);
  const double width = percentile(measurements, 0.9) - percentile(measurements, 0.1);
  return {median, median > 0 ? width / median : 0};
}

std::vector<double> reference_loop(int times) {
  constexpr int rounds = 2'000'000;  // a few milliseconds
  std::vector<double> seconds;
  std::uint64_t state = 88172645463325252U;
  for (int i = 0; i < times; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    for (int round = 0; round < rounds; ++round) {  // xorshift: each round depends on the one before
      state ^= state << 13U;
      state ^= state >> 7U;
      state ^= state << 17U;
    }
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
    volatile std::uint64_t kept = state;  // otherwise the compiler would remove the loop
    (void)kept;
  }
  return seconds;
}

}  // namespace azrestored::bench
