// Waiting for something that another process does. The only place in these tests that sleeps: between two looks, never
// in the hope that something has happened meanwhile.
#pragma once

#include <chrono>
#include <thread>

namespace azrestored::test {

/// Long enough for a sanitized program on a busy machine; whoever waits for so long has found a fault.
inline constexpr std::chrono::seconds patience{40};

/// True as soon as `happened()` is, false when it still is not after `limit`.
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
