// noise_bench: how quiet the machine is just now, as one number: the spread of a fixed loop's times. run.sh asks before
// and after each driver.
#include <iostream>

#include "tests/bench/spread.hpp"

int main() {
  constexpr int times = 100;
  std::cout << azrestored::bench::spread_of(azrestored::bench::reference_loop(times)).relative << '\n';
}
