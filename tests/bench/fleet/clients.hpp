// The clients that are measured: ours, which is the real core over virtual time, and those that poll each restore by
// itself, as az and the SDKs do.
#pragma once

#include "core/base/instant.hpp"
#include "tests/bench/fleet/outcome.hpp"

namespace azrestored::bench {

/// When every run begins.
Instant dawn();

/// Supervisor, runners, watchers, budgets: everything but the sockets and the disk.
Outcome run_core(const Fleet& fleet, Limits limits, std::uint64_t seed);

/// Each restore on its own, all at once: get the item, list its points, POST, poll the operation, poll the job, every
/// `interval`. A refused request is repeated after what Retry-After says. That is what az does every 30 seconds and an
/// SDK's poller after the service's 60; both are given the item's own names, which spares them listing the vault.
Outcome run_pollers(const Fleet& fleet, Limits limits, std::uint64_t seed, Millis interval);

}  // namespace azrestored::bench
