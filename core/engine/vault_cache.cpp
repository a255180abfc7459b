#include "core/engine/vault_cache.hpp"

#include <algorithm>

#include "core/azure/problem.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/vault.hpp"

namespace azrestored {
namespace {

/// The key contains the profile, because each sign-in has its own rights. A profile's name has no '|'.
std::string key_of(const ArmClient& arm, const VaultId& vault, bool secondary) {
  return arm.profile() + (secondary ? "|secondary|" : "|") + vault.key();
}

}  // namespace

/// Other jobs may wait for a shared read, so a cancel of the job that asked first must not withdraw it.
RequestPriority VaultCache::priority_for_all(RequestPriority priority) const {
  if (items_.shares()) priority.job.clear();
  return priority;
}

asio::awaitable<std::variant<KnownItem, Event>> VaultCache::item(ArmClient& arm, RestoreScope scope, VmSelector vm,
                                                                 ReadContext context) {
  const std::string key = key_of(arm, scope.vault, !scope.cross_region.empty());
  const SingleFlightCache<Items>::MakeRead read = [&] {
    return read_the_items(arm, scope, priority_for_all(context.priority));
  };
  Freshness wanted;
  if (std::holds_alternative<VmByName>(vm)) wanted.not_before = context.accepted_at;
  for (;;) {
    const auto given = co_await items_.get(key, context.priority.job, wanted, read);
    if (const auto* event = std::get_if<Event>(&given.outcome)) co_return *event;
    const auto& items = std::get<std::shared_ptr<const Items>>(given.outcome);
    auto found = find_item(vm, scope.vault, *items);
    const bool final = given.own || wanted.newer_than > 0;
    const bool is_fine = found && !found->soft_deleted && !found->never_backed_up;
    if (found && (is_fine || final)) co_return std::move(*found);
    if (final) co_return Event(ResolveFailed{internal_problem("NoSuchItem", found.error().sentence())});
    wanted.newer_than = given.number;
  }
}

asio::awaitable<std::variant<VaultFacts, Event>> VaultCache::facts(ArmClient& arm, VaultId vault, ReadContext context) {
  const SingleFlightCache<VaultFacts>::MakeRead read = [&] {
    return read_the_facts(arm, vault, priority_for_all(context.priority));
  };
  const Freshness wanted{context.accepted_at, 0};
  const auto given = co_await facts_.get(key_of(arm, vault, false), context.priority.job, wanted, read);
  if (const auto* event = std::get_if<Event>(&given.outcome)) co_return *event;
  co_return *std::get<std::shared_ptr<const VaultFacts>>(given.outcome);
}

asio::awaitable<std::variant<std::vector<std::string>, Event>> VaultCache::guard_requests(ArmClient& arm, VaultId vault,
                                                                                          ReadContext context) {
  const SingleFlightCache<Guards>::MakeRead read = [&] {
    return read_the_guards(arm, vault, priority_for_all(context.priority));
  };
  const Freshness wanted{context.accepted_at, 0};
  const auto given = co_await guards_.get(key_of(arm, vault, false), context.priority.job, wanted, read);
  if (const auto* event = std::get_if<Event>(&given.outcome)) co_return *event;
  co_return *std::get<std::shared_ptr<const Guards>>(given.outcome);
}

void VaultCache::cancel_wait(const JobId& id) {
  items_.cancel_wait(id);
  facts_.cancel_wait(id);
  guards_.cancel_wait(id);
}

std::optional<VaultReadWait> VaultCache::waiting(const JobId& id) const {
  using What = VaultReadWait::What;
  if (items_.is_waiting(id)) return VaultReadWait{What::items};
  if (facts_.is_waiting(id)) return VaultReadWait{What::settings};
  if (guards_.is_waiting(id)) return VaultReadWait{What::guard};
  return std::nullopt;
}

void VaultCache::evict_expired() {
  items_.evict_expired();
  facts_.evict_expired();
  guards_.evict_expired();
}

asio::awaitable<SingleFlightCache<VaultCache::Items>::Outcome> VaultCache::read_the_items(ArmClient& arm,
                                                                                          RestoreScope scope,
                                                                                          RequestPriority priority) {
  const ArmTarget target = scope.cross_region.empty() ? arm.target() : secondary_region(arm.target());
  HttpRequest request = list_items(target, scope.vault);
  auto rows = co_await arm.list_all(std::move(request), &read_items, clock_.now(), std::move(priority));
  if (auto* event = std::get_if<Event>(&rows)) co_return std::move(*event);
  auto items = std::make_shared<Items>();
  auto& read = std::get<PagedList<ItemRow>>(rows).rows;
  items->reserve(read.size());
  for (ItemRow& row : read) items->push_back(known_item(std::move(row)));
  co_return std::shared_ptr<const Items>(std::move(items));
}

asio::awaitable<SingleFlightCache<VaultFacts>::Outcome> VaultCache::read_the_facts(ArmClient& arm, VaultId vault,
                                                                                   RequestPriority priority) {
  HttpRequest request = get_vault(arm.target(), vault);
  auto answer = co_await arm.send(std::move(request), std::move(priority));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  const auto& response = std::get<HttpResponse>(answer);
  if (classify_status(response.status) != StatusClass::ok) co_return read_failure(response, clock_.now());
  auto facts = read_vault_facts(response);
  if (!facts) co_return unreadable(response, facts.error(), clock_.now());
  co_return std::make_shared<const VaultFacts>(std::move(*facts));
}

asio::awaitable<SingleFlightCache<VaultCache::Guards>::Outcome> VaultCache::read_the_guards(ArmClient& arm,
                                                                                            VaultId vault,
                                                                                            RequestPriority priority) {
  HttpRequest request = list_guards(arm.target(), vault);
  auto rows = co_await arm.list_all(std::move(request), &read_guards, clock_.now(), std::move(priority));
  if (auto* event = std::get_if<Event>(&rows)) co_return std::move(*event);
  co_return std::make_shared<const Guards>(std::move(std::get<PagedList<std::string>>(rows).rows));
}

}  // namespace azrestored
