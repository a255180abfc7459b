// The measured clients: ours, which is the real core over virtual time, and clients that poll each restore separately,
// like az and the SDKs.
#pragma once

#include "core/base/instant.hpp"
#include "tests/bench/fleet/outcome.hpp"

namespace azrestored::bench {

/// The start of every run.
Instant dawn();

/// Supervisor, runners, watchers, budgets: everything except the sockets and the disk.
Outcome run_core(const Fleet& fleet, Limits limits, std::uint64_t seed);

/// Each restore on its own, all at once: get the item, list its points, POST, poll the operation, poll the job, every
/// `interval`. A refused request is repeated after Retry-After. az does this every 30 seconds, an SDK's poller after
/// the service's 60. Both get the item's names, so they need no list of the vault.
Outcome run_pollers(const Fleet& fleet, Limits limits, std::uint64_t seed, Millis interval);

}  // namespace azrestored::bench
