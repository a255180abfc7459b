// What a vault's jobs need to know of their vault before they can POST: its protected items, its settings, and what its
// Resource Guard wants named. Read once for all jobs of the same vault and sign-in, however many ask (azure-backup-api.md 9.2: reads
// are counted per action and hour; 1,000 protected VMs are five pages). Belongs to a Performer and lives as long.
//
// Kept for half a day. To read 10 vaults with 1,000 VMs each takes 20 minutes of the 150 reads that an hour may have,
// so what a fleet reads once should last until it is back; and which VMs a vault protects changes by the day. Nothing
// of it can end a job wrongly:
// - "No such VM" and "several of that name" are said only from a list that was begun after the job had asked.
// - So are refusals (403, 404), which are not kept at all; nor are other failures.
// - Settings and guards, which the rules refuse by and the request is made of, count only when they were read after the
//   job was accepted, or begun again.
// - A bare name counts as unique only in a list that was begun after the job was accepted: another VM of that name may
//   be protected by then.
// A VM that was found by its id or group is taken from a kept list: its item keeps its name for as long as it is
// protected, and one that is protected no more is refused by the service itself.
#pragma once

#include "core/admission/wait_reason.hpp"
#include "core/arm/arm_client.hpp"
#include "core/arm/single_flight.hpp"
#include "core/restore/find_item.hpp"

namespace azrestored {

class VaultCache {
 public:
  static constexpr Millis default_ttl = std::chrono::hours(12);

  /// With `kept_for` zero nothing is shared or kept: for the dry run, which has to see what is there now.
  VaultCache(Clock& clock, Millis kept_for)
      : clock_(clock), items_(clock, kept_for), facts_(clock, kept_for), guards_(clock, kept_for) {}

  /// On whose behalf, and since when it has wanted to know.
  struct ReadContext {
    RequestPriority share;
    Instant accepted_at{};
  };

  /// The item that the asker's job means; ResolveFailed when there is none or more than one; ReadFailed, ReadRefused,
  /// and RequestWithdrawn after cancel_wait() as everywhere.
  asio::awaitable<std::variant<ProtectedItem, Event>> item(ArmClient& arm, RestoreScope place, VmSelector vm,
                                                           ReadContext asker);

  /// The vault's settings as they were when the job was accepted, or later; ReadFailed, ReadRefused.
  asio::awaitable<std::variant<VaultFacts, Event>> facts(ArmClient& arm, VaultId vault, ReadContext asker);

  /// resourceGuardOperationRequests, empty without a guard; as above.
  asio::awaitable<std::variant<std::vector<std::string>, Event>> guard_requests(ArmClient& arm, VaultId vault,
                                                                                ReadContext asker);

  /// Something else concerns the job: if it waits for another's read, it waits no longer.
  void cancel_wait(const JobId& id);
  /// What the job waits for here; nullopt when it does not.
  [[nodiscard]] std::optional<VaultReadWait> waiting(const JobId& id) const;

  /// Lets go of what has had its time. To be called every now and then.
  void evict_expired();
  /// How many lists and settings are kept at present.
  [[nodiscard]] std::size_t kept() const { return items_.kept() + facts_.kept() + guards_.kept(); }

 private:
  using Items = std::vector<KnownItem>;
  using Guards = std::vector<std::string>;

  asio::awaitable<SingleFlightCache<Items>::Outcome> read_the_items(ArmClient& arm, RestoreScope place,
                                                                    RequestPriority share);
  asio::awaitable<SingleFlightCache<VaultFacts>::Outcome> read_the_facts(ArmClient& arm, VaultId vault,
                                                                         RequestPriority share);
  asio::awaitable<SingleFlightCache<Guards>::Outcome> read_the_guards(ArmClient& arm, VaultId vault,
                                                                      RequestPriority share);

  [[nodiscard]] RequestPriority share_for_all(RequestPriority share) const;

  Clock& clock_;
  SingleFlightCache<Items> items_;
  SingleFlightCache<VaultFacts> facts_;
  SingleFlightCache<Guards> guards_;
};

}  // namespace azrestored
