#include "tests/bench/function_figures.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "tests/bench/figure.hpp"
#include "tests/bench/spread.hpp"

namespace azrestored::bench {
namespace {

const std::string beside_mark = " (beside)";

/// Collects the times of every repetition instead of printing them.
class Times final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Iteration) of[run.run_name.function_name].push_back(run.GetAdjustedCPUTime());
    }
  }
  std::map<std::string, std::vector<double>> of;
};

void add(const std::string& name, const std::function<void()>& function) {
  const int repetitions = is_brief() ? 1 : 15;
  const double seconds = is_brief() ? 0.001 : 0.05;
  const auto body = [function](benchmark::State& state) {
    for ([[maybe_unused]] auto ignored : state) function();
  };
  benchmark::RegisterBenchmark(name.c_str(), body)
      ->Repetitions(repetitions)
      ->MinTime(seconds)
      ->Unit(benchmark::kNanosecond);
}

int run_only(const std::vector<FunctionPair>& pairs, const std::string& name, int iterations) {
  for (const FunctionPair& pair : pairs) {
    if (pair.name != name) continue;
    const auto& function = std::getenv("BENCH_BESIDE") != nullptr ? pair.beside : pair.ours;
    for (int i = 0; i < iterations; ++i) function();
    return 0;
  }
  std::cerr << "no function '" << name << "'\n";
  return 2;
}

}  // namespace

int measure(const std::vector<FunctionPair>& pairs) {
  const char* const only = std::getenv("BENCH_ONLY");
  const char* const iterations = std::getenv("BENCH_ITERATIONS");
  if (only != nullptr && iterations != nullptr) return run_only(pairs, only, std::atoi(iterations));

  for (const FunctionPair& pair : pairs) {
    add(pair.name, pair.ours);
    add(pair.name + beside_mark, pair.beside);
  }
  Times times;
  benchmark::RunSpecifiedBenchmarks(&times);
  for (const FunctionPair& pair : pairs) {
    constexpr double us_per_ns = 1e-3;
    const Spread ours = spread_of(times.of.at(pair.name)), beside = spread_of(times.of.at(pair.name + beside_mark));
    Figure figure;
    figure.name = pair.name;
    figure.value = ours.median * us_per_ns;
    figure.unit = "us";
    figure.beside = beside.median * us_per_ns;
    figure.beside_what = pair.beside_what;
    figure.noise = std::max(ours.relative, beside.relative);
    print(figure);
  }
  return 0;
}

}  // namespace azrestored::bench
