// How a store is doing: what the daemon watches while it works, and what its metrics say. Implemented by the stores.
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

  /// Set once the store has proved damaged, or was removed or replaced: every call fails with it from then on, and only
  /// an operator can help. Cheap, but may look at the disk.
  [[nodiscard]] virtual std::optional<Error> fatal_error() const = 0;

  /// When a job last succeeded (with warnings or findings, too); nullopt when none has, or it is many jobs back.
  virtual asio::awaitable<Result<std::optional<Instant>>> last_success() = 0;

  /// How long changes waited until they were durable, since the store was opened.
  [[nodiscard]] virtual CommitTimes::Snapshot commit_latencies() const = 0;
};

}  // namespace azrestored
