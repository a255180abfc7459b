// sim_seeds FIRST COUNT runs COUNT seeds of the simulation in order. It prints what they did and a digest of every
// save. A change that keeps the behaviour keeps the digest. Exit status 0 if no invariant broke. Otherwise 1, with the
// seed that broke one; `sim_seeds SEED 1` replays that seed exactly and prints each step.
//
// Linked with a source that lacks a safeguard (tests/ablation), the exit status is inverted: 0 as soon as the invariant
// that this safeguard protects breaks, and 1 if it does not break.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/sim/world.hpp"

namespace {

using namespace azrestored::sim;

#ifdef AZRESTORED_ABLATION
constexpr const char* expected = AZRESTORED_MUST_BREAK;  // "I1"
#else
constexpr const char* expected = "";  // any
#endif

bool breaks_what_we_look_for(const RunResult& result) {
  return std::ranges::any_of(result.broken, [](const std::string& what) { return what.starts_with(expected); });
}

struct Totals {
  std::uint64_t seeds = 0;
  long jobs = 0;
  long port_calls = 0;
  long crashes = 0;
  long requests = 0;
  long restores = 0;
  azrestored::Millis slowest{};
  std::uint64_t digest = 14695981039346656037U;  // FNV-1a over the digests of the runs, in order

  void add(const RunOptions& options, const RunResult& result) {
    ++seeds;
    jobs += static_cast<long>(options.jobs.size());
    port_calls += result.port_calls;
    crashes += result.crashes;
    requests += result.requests;
    restores += result.restores;
    slowest = std::max(slowest, result.settled_after);
    digest = (digest ^ result.digest) * 1099511628211U;
  }
  void print() const {
    std::printf(
        "%llu seeds: %ld jobs, %ld restores, %ld requests, %ld port calls, %ld crashes; the last job ended "
        "%lld minutes after the faults\n"
        "digest of every save: %016llx\n",
        static_cast<unsigned long long>(seeds), jobs, restores, requests, port_calls, crashes,
        static_cast<long long>(std::chrono::duration_cast<std::chrono::minutes>(slowest).count()),
        static_cast<unsigned long long>(digest));
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t first = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
  const std::uint64_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000;
  Totals totals;
  bool broken = false;
  for (std::uint64_t seed = first; seed < first + count && !broken; ++seed) {
    RunOptions options = options_of_seed(seed);
    if (count == 1) options.report = [](const std::string& what) { std::puts(what.c_str()); };
    const RunResult result = run_world(options);
    totals.add(options, result);
    broken = breaks_what_we_look_for(result);
    if (!broken) continue;
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), result.states.c_str());
    for (const std::string& what : result.broken) std::printf("  %s\n", what.c_str());
  }
  totals.print();
#ifdef AZRESTORED_ABLATION
  std::printf("without " AZRESTORED_ABLATION ", %s: %s\n", expected, broken ? "broken" : "NOT BROKEN");
  return broken ? EXIT_SUCCESS : EXIT_FAILURE;
#else
  return broken ? EXIT_FAILURE : EXIT_SUCCESS;
#endif
}
