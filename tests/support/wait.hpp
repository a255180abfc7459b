// Waiting for another process. Only this file of these tests sleeps: between two checks, never in the hope that
// something has happened meanwhile.
#pragma once

#include <chrono>
#include <thread>

namespace azrestored::test {

/// Long enough for a program with sanitizers on a machine with three times as much work as cores: 40 s were not, for 34
/// restores behind a proxy that changes their URLs. A longer wait is a fault.
inline constexpr std::chrono::seconds patience{100};

/// True as soon as `happened()` is true; false if it is not true after `limit`.
template <class Predicate>
[[nodiscard]] bool wait_until(Predicate happened, std::chrono::milliseconds limit = patience) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!happened()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

}  // namespace azrestored::test
