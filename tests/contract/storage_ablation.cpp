// The store with one safeguard removed (tests/ablation): exits 0 if it sees a broken promise within 10,000 runs, each
// with a fault and an end at random calls.
#include <iostream>

#include "tests/contract/storage_run.hpp"

int main() {
  using namespace azrestored;
  constexpr int most_seeds = 10'000;
  const test::TempDir folder;
  for (int seed = 0; seed < most_seeds; ++seed) {
    sim::Chance chance(static_cast<std::uint64_t>(seed));
    StorageRun run(folder / "jobs.db", random_trouble(chance), static_cast<std::uint64_t>(seed));
    if (const std::optional<std::string> broken = run.broken()) {
      std::cout << "Without " AZRESTORED_ABLATION ", seed " << seed << " breaks a promise: " << *broken << "\n";
      return 0;
    }
  }
  std::cout << "Without " AZRESTORED_ABLATION ", " << most_seeds
            << " seeds broke nothing: it is not needed, or not tested\n";
  return 1;
}
