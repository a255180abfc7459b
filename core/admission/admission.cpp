#include "core/admission/admission.hpp"

#include <algorithm>
#include <tuple>

namespace azrestored {
namespace {

/// The order of a heap whose front is the first in the queue.
bool comes_later(const LaneFront& a, const LaneFront& b) {
  return comes_before(b.first, a.first);
}

}  // namespace

bool comes_before(const QueuePosition& a, const QueuePosition& b) {
  return std::tie(b.priority, a.created_at, a.id) < std::tie(a.priority, b.created_at, b.id);
}

void Admission::began(const Lane& lane) {
  for (const ConcurrencyLimit cap : all_concurrency_limits) {
    const std::string_view key = lane.key(cap);
    if (!key.empty()) ++taken_[index_of(cap)][std::string(key)];
  }
}

void Admission::ended(const Lane& lane) {
  for (const ConcurrencyLimit cap : all_concurrency_limits) {
    auto& taken = taken_[index_of(cap)];
    const auto found = taken.find(lane.key(cap));
    if (found != taken.end() && --found->second == 0) taken.erase(found);
  }
}

int Admission::taken(ConcurrencyLimit cap, const Lane& lane) const {
  const auto& taken = taken_[index_of(cap)];
  const auto found = taken.find(lane.key(cap));
  return found == taken.end() ? 0 : found->second;
}

std::optional<ConcurrencyLimit> Admission::exhausted(const Lane& lane) const {
  for (const ConcurrencyLimit cap : all_concurrency_limits) {
    if (!lane.key(cap).empty() && taken(cap, lane) >= places(cap)) return cap;
  }
  return std::nullopt;
}

void dequeue(Admission& admission, std::vector<LaneFront> heads, int limit,
             const std::function<std::optional<QueuePosition>(const LaneFront&)>& take) {
  limit = std::min(limit, admission.may_begin());
  std::ranges::make_heap(heads, comes_later);
  while (limit > 0 && !heads.empty()) {
    std::ranges::pop_heap(heads, comes_later);
    LaneFront& head = heads.back();
    // Counts only rise here, so a lane whose limit is reached stays so.
    const bool may_begin = !admission.exhausted(head.lane);
    std::optional<QueuePosition> next;
    if (may_begin) {
      admission.began(head.lane);
      next = take(head);
      --limit;
    }
    if (next) {
      head.first = std::move(*next);
      std::ranges::push_heap(heads, comes_later);
    } else {
      heads.pop_back();
    }
  }
}

}  // namespace azrestored
