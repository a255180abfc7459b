// Random faults between the daemon and Azure, chosen by a seed. A third of the restore POSTs and a tenth of the reads
// fail, with every temporary fault of the simulator.
#pragma once

#include <cstdint>
#include <random>

#include "tests/support/sim_process.hpp"

namespace azrestored::test {

class Weather {
 public:
  explicit Weather(std::uint64_t seed) : dice_(seed) {}

  /// Replaces the remaining faults by new ones.
  void blow(SimProcess& sim);

 private:
  void order(std::vector<std::string>& faults, const std::string& requests, const std::vector<std::string>& names,
             int count, int longest_gap);

  std::mt19937_64 dice_;
};

}  // namespace azrestored::test
