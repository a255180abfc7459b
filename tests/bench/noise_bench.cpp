// noise_bench: the present noise of the machine as one number: the spread of the times of a fixed loop. run.sh runs it
// before and after each driver.
#include <iostream>

#include "tests/bench/spread.hpp"

int main() {
  constexpr int times = 100;
  std::cout << azrestored::bench::spread_of(azrestored::bench::reference_loop(times)).relative << '\n';
}
