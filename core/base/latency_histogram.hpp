// How long changes waited until they were on disk, as a histogram. Filled by the writer thread alone, read by any: each
// number is right by itself, and a reader may see one change a moment before its neighbour. Without a lock, as it is
// taken for every change of the daemon.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace azrestored {

class CommitTimes {
 public:
  using Duration = std::chrono::steady_clock::duration;

  /// Upper bounds, in seconds. A disk takes from fractions of a millisecond to, when it is about to fail, many seconds.
  static constexpr std::array<double, 12> bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                    0.05,   0.1,   0.25,   0.5,   1,    5};

  struct Snapshot {
    std::array<std::uint64_t, bounds.size() + 1> counts{};  // of each bucket alone; the last is beyond all bounds
    double sum_seconds = 0;
  };

  /// One change.
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
