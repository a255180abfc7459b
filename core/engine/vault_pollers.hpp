// Decides which vaults are polled, and owns the VaultPollers. A vault or secondary region has one VaultPoller for each
// sign-in profile, as long as a job with a running restore needs it. Supervisor calls it.
//
// Promises:
// - One VaultPoller serves all jobs of the same vault and profile. A vault that no job needs is not polled.
// - Each event that a list yields for a job is one call of `deliver`, on the loop.
// What can fail: a list. The VaultPoller reports that to the observer and lists again later. A job whose sign-in
// profile is no longer in the settings has no VaultPoller; its own reads report that.
// One thread. The references given to the constructor outlive this object. This object outlives its VaultPollers.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/arm/arm_clients.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/engine/vault_poller.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"
#include "core/job/policy.hpp"

namespace azrestored {

class VaultPollers {
 public:
  /// The objects that all VaultPollers share.
  struct Context {
    const ArmClients& sessions;
    Clock& clock;
    IdSource& ids;
    Observer& observer;
    const Policy& policy;
  };
  /// `fatal` receives an exception of a VaultPoller: a bug, or memory exhausted.
  VaultPollers(asio::any_io_executor executor, Context context, VaultPoller::Deliver deliver,
               std::function<void(std::exception_ptr)> fatal);

  /// An active job was loaded or saved. Its vault is polled for it exactly while its restore runs.
  void update(const Job& job);

  /// When the next list is due; nullopt when no vault is polled.
  [[nodiscard]] std::optional<Instant> next_due() const;

  /// Reads no further list. Lists under way are read to their end; drained() returns after that.
  void stop();
  asio::awaitable<void> drained();

 private:
  void track_vault(const Job& job);
  void untrack_vault(const Job& job);
  void start(const Job& job);

  const asio::any_io_executor executor_;
  const Context context_;
  const VaultPoller::Deliver deliver_;
  const std::function<void(std::exception_ptr)> fatal_;
  const std::unique_ptr<Timer> drain_timer_;
  std::map<std::string, std::shared_ptr<VaultPoller>> pollers_;  // by poller_key(); each has a job
  int running_ = 0;                                              // VaultPollers that have not ended
};

}  // namespace azrestored
