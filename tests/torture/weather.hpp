// Bad weather between the daemon and Azure: faults for the next requests, drawn by a seed. A third of the restore POSTs
// and a tenth of the reads go wrong, in every way that the simulator knows and that passes again.
#pragma once

#include <cstdint>
#include <random>

#include "tests/support/sim_process.hpp"

namespace azrestored::test {

class Weather {
 public:
  explicit Weather(std::uint64_t seed) : dice_(seed) {}

  /// Replaces what is left of the faults ordered before by new ones.
  void blow(SimProcess& sim);

 private:
  void order(std::vector<std::string>& faults, const std::string& requests, const std::vector<std::string>& names,
             int count, int longest_gap);

  std::mt19937_64 dice_;
};

}  // namespace azrestored::test
