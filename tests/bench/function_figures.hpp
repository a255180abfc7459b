// Pairs of functions under Google Benchmark: ours and the reference. Prints a figure for each pair; the noise is the
// spread of the repetitions.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace azrestored::bench {

struct FunctionPair {
  std::string name;
  std::function<void()> ours;
  std::string beside_what;
  std::function<void()> beside;
};

/// Measures the pairs one after the other. If BENCH_ITERATIONS is set in the environment, only our function named by
/// BENCH_ONLY (with BENCH_BESIDE: its reference) runs, with this number of iterations, and nothing is printed. Used
/// with callgrind: two counts differ by the cost of the iterations (instructions.sh).
int measure(const std::vector<FunctionPair>& pairs);

}  // namespace azrestored::bench
