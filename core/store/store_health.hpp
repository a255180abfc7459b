// The health of a store: what the daemon checks while it runs, and what its metrics report. The stores implement it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "core/base/instant.hpp"
#include "core/base/latency_histogram.hpp"
#include "core/base/result.hpp"

namespace azrestored {

namespace asio = boost::asio;

class StoreHealth {
 public:
  virtual ~StoreHealth() = default;

  /// Set after the store was damaged, removed or replaced: every later call fails with this error, and only an operator
  /// can fix it. Cheap, but may access the disk.
  [[nodiscard]] virtual std::optional<Error> fatal_error() const = 0;

  /// When a job last succeeded, with or without warnings or findings. nullopt if no job has, or if too many jobs have
  /// finished since then.
  virtual asio::awaitable<Result<std::optional<Instant>>> last_success() = 0;

  /// How long each change took to become durable, since the store was opened.
  [[nodiscard]] virtual LatencyHistogram::Snapshot commit_latencies() const = 0;
};

}  // namespace azrestored
