// Pairs of functions under Google Benchmark: ours, and what it is compared with. Prints a figure for each pair; the
// noise is the spread of the repetitions.
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

/// Measures them in turn. With ITERATIONS in the environment's BENCH_ITERATIONS each of ours, or with
/// BENCH_BESIDE each of those beside, that BENCH_ONLY names runs just so often and nothing is printed: for callgrind,
/// whose two counts differ by what the iterations cost (instructions.sh).
int measure(const std::vector<FunctionPair>& pairs);

}  // namespace azrestored::bench
