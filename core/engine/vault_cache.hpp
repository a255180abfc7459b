// The facts about a vault that its jobs need before the POST: protected items, settings, and the requests of its
// Resource Guard. They are read once for all jobs of the same vault and sign-in profile, because Azure counts reads per
// action and hour (azure-backup-api.md 9.2) and 1,000 protected VMs are five pages. Each Performer has one.
//
// Results are kept for 12 hours. Reading 10 vaults with 1,000 VMs each takes 20 minutes of a quota of 150 reads an
// hour, and the protected VMs of a vault seldom change within a day. An old result never ends a job:
// - "No such VM" and "several VMs of that name" come only from a list that was requested after the job asked for it.
// - "Soft-deleted" and "never backed up" count only in such a list as well: the item may have been undeleted meanwhile.
// - The same holds for refusals (403, 404). Refusals and other failures are not kept.
// - Settings and guards affect the rules and the request. They count only if they were read after
//   ReadContext::accepted_at.
// - A bare name counts as unique only in a list that was requested after the job was accepted: another VM of that name
//   may have become protected meanwhile.
// A VM that is found by its id or group may come from an older list. Its item keeps its name while it is protected, and
// Azure refuses the restore of a VM that is no longer protected.
#pragma once

#include "core/admission/wait_reason.hpp"
#include "core/arm/arm_client.hpp"
#include "core/arm/single_flight.hpp"
#include "core/restore/find_item.hpp"

namespace azrestored {

class VaultCache {
 public:
  static constexpr Millis default_ttl = std::chrono::hours(12);

  /// With `kept_for` zero nothing is shared or kept: a dry run must see the present data.
  VaultCache(Clock& clock, Millis kept_for)
      : clock_(clock), items_(clock, kept_for), facts_(clock, kept_for), guards_(clock, kept_for) {}

  /// The job that asks, and the time after which some facts must have been read.
  struct ReadContext {
    RequestPriority priority;
    Instant accepted_at{};
  };

  /// The item that `vm` selects; ResolveFailed if there is none or more than one; ReadFailed, ReadRefused;
  /// RequestWithdrawn after cancel_wait().
  asio::awaitable<std::variant<KnownItem, Event>> item(ArmClient& arm, RestoreScope scope, VmSelector vm,
                                                       ReadContext context);

  /// The vault's settings, read at `accepted_at` or later; or an event as for item().
  asio::awaitable<std::variant<VaultFacts, Event>> facts(ArmClient& arm, VaultId vault, ReadContext context);

  /// The value of resourceGuardOperationRequests, empty without a guard; or an event as for item().
  asio::awaitable<std::variant<std::vector<std::string>, Event>> guard_requests(ArmClient& arm, VaultId vault,
                                                                                ReadContext context);

  /// Ends the job's wait for another job's read, for example after a command.
  void cancel_wait(const JobId& id);
  /// The read that the job waits for; nullopt if there is none.
  [[nodiscard]] std::optional<VaultReadWait> waiting(const JobId& id) const;

  /// Removes expired results. Call it periodically.
  void evict_expired();
  /// The number of results in memory.
  [[nodiscard]] std::size_t kept() const { return items_.kept() + facts_.kept() + guards_.kept(); }

 private:
  using Items = std::vector<KnownItem>;
  using Guards = std::vector<std::string>;

  asio::awaitable<SingleFlightCache<Items>::Outcome> read_the_items(ArmClient& arm, RestoreScope scope,
                                                                    RequestPriority priority);
  asio::awaitable<SingleFlightCache<VaultFacts>::Outcome> read_the_facts(ArmClient& arm, VaultId vault,
                                                                         RequestPriority priority);
  asio::awaitable<SingleFlightCache<Guards>::Outcome> read_the_guards(ArmClient& arm, VaultId vault,
                                                                      RequestPriority priority);

  [[nodiscard]] RequestPriority priority_for_all(RequestPriority priority) const;

  Clock& clock_;
  SingleFlightCache<Items> items_;
  SingleFlightCache<VaultFacts> facts_;
  SingleFlightCache<Guards> guards_;
};

}  // namespace azrestored
