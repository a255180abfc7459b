// A histogram of commit latencies: the time from the request for a change until the change is on disk. Only the writer
// thread adds; any thread reads. There is no lock, because every change of the daemon is recorded. Each number is
// exact, but a snapshot may contain one number of a change and not yet the other.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace azrestored {

class LatencyHistogram {
 public:
  using Duration = std::chrono::steady_clock::duration;

  /// Upper bounds in seconds: from a fraction of a millisecond to the many seconds of a failing disk.
  static constexpr std::array<double, 12> bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                    0.05,   0.1,   0.25,   0.5,   1,    5};

  struct Snapshot {
    std::array<std::uint64_t, bounds.size() + 1> counts{};  // not cumulative; the last bucket is above all bounds
    double sum_seconds = 0;
  };

  /// Records one change.
  void add(Duration waited) {
    const double seconds = std::chrono::duration<double>(waited).count();
    std::size_t bucket = 0;
    while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
    raise(counts_[bucket], std::uint64_t{1});
    raise(sum_seconds_, seconds);
  }

  [[nodiscard]] Snapshot snapshot() const {
    Snapshot taken;
    for (std::size_t i = 0; i < counts_.size(); ++i) taken.counts[i] = counts_[i].load(std::memory_order_relaxed);
    taken.sum_seconds = sum_seconds_.load(std::memory_order_relaxed);
    return taken;
  }

 private:
  template <class Number>
  static void raise(std::atomic<Number>& number, Number by) {
    number.store(number.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }

  std::array<std::atomic<std::uint64_t>, bounds.size() + 1> counts_{};
  std::atomic<double> sum_seconds_ = 0;
};

}  // namespace azrestored
