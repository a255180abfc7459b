#include "core/admission/admission.hpp"

#include <algorithm>
#include <tuple>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

constexpr char separator = '\x1f';
constexpr char behind_separator = '\x20';  // the next byte: sorts behind every text that goes on with the separator

std::size_t index_of(Cap cap) {
  return static_cast<std::size_t>(cap);
}

/// Of heads in a heap, whose front is the one that nothing comes before.
bool comes_later(const LaneHead& a, const LaneHead& b) {
  return comes_before(b.first, a.first);
}

}  // namespace

std::string_view setting_of(Cap cap) {
  switch (cap) {
    case Cap::subscription:
      return "limits.concurrentRestoresPerSubscription";
    case Cap::vault:
      return "limits.concurrentRestoresPerVault";
    case Cap::storage_account:
      return "limits.concurrentRestoresPerStorageAccount";
    case Cap::target_group:
      return "limits.concurrentRestoresPerTargetResourceGroup";
  }
  return "";
}

int Caps::of(Cap cap) const {
  switch (cap) {
    case Cap::subscription:
      return per_subscription;
    case Cap::vault:
      return per_vault;
    case Cap::storage_account:
      return per_storage_account;
    case Cap::target_group:
      return per_target_group;
  }
  return 0;
}

Lane Lane::of(const Job& job) {
  std::string text = to_lower(job.vault.subscription);
  text += separator;
  text += to_lower(job.vault.resource_group);
  text += '/';
  text += to_lower(job.vault.name);
  text += separator;
  text += job.storage_account;
  text += separator;
  text += job.target_group;
  text += separator;
  return from_text(std::move(text));
}

Lane Lane::from_text(std::string text) {
  Lane lane;
  lane.text_ = std::move(text);
  return lane;
}

/// The place of the separator that ends the cap's part; the end of the text when it is not a lane's.
std::size_t Lane::end_of_part(Cap cap) const {
  std::size_t at = text_.find(separator);
  for (std::size_t part = 0; part < index_of(cap) && at != std::string::npos; ++part)
    at = text_.find(separator, at + 1);
  return std::min(at, text_.size());
}

std::string_view Lane::key(Cap cap) const {
  const std::string_view text = text_;
  const std::string_view up_to_part = text.substr(0, end_of_part(cap));
  // A vault is told apart by its subscription as well; the other two are whole ids.
  if (cap == Cap::subscription || cap == Cap::vault) return up_to_part;
  const auto before = up_to_part.rfind(separator);
  return before == std::string_view::npos ? std::string_view() : up_to_part.substr(before + 1);
}

std::string Lane::begin_of(Cap cap) const {
  return text_.substr(0, end_of_part(cap)) + separator;
}

std::string Lane::end_of(Cap cap) const {
  return text_.substr(0, end_of_part(cap)) + behind_separator;
}

std::string Lane::part_of(Cap cap) const {
  std::string part(1, separator);
  part += key(cap);
  return part + separator;
}

bool comes_before(const Turn& a, const Turn& b) {
  return std::tie(b.priority, a.created_at, a.id) < std::tie(a.priority, b.created_at, b.id);
}

void Admission::began(const Lane& lane) {
  for (const Cap cap : all_caps) {
    const std::string_view key = lane.key(cap);
    if (!key.empty()) ++taken_[index_of(cap)][std::string(key)];
  }
}

void Admission::ended(const Lane& lane) {
  for (const Cap cap : all_caps) {
    auto& taken = taken_[index_of(cap)];
    const auto found = taken.find(lane.key(cap));
    if (found != taken.end() && --found->second == 0) taken.erase(found);
  }
}

int Admission::taken(Cap cap, const Lane& lane) const {
  const auto& taken = taken_[index_of(cap)];
  const auto found = taken.find(lane.key(cap));
  return found == taken.end() ? 0 : found->second;
}

std::optional<Cap> Admission::full_cap(const Lane& lane) const {
  for (const Cap cap : all_caps) {
    if (!lane.key(cap).empty() && taken(cap, lane) >= places(cap)) return cap;
  }
  return std::nullopt;
}

void begin_in_turn(Admission& admission, std::vector<LaneHead> heads, int limit,
                   const std::function<std::optional<Turn>(const LaneHead&)>& take) {
  limit = std::min(limit, admission.may_begin());
  std::ranges::make_heap(heads, comes_later);
  while (limit > 0 && !heads.empty()) {
    std::ranges::pop_heap(heads, comes_later);
    LaneHead& head = heads.back();
    // Counts only rise here: a lane that is full stays so.
    const bool may_begin = !admission.full_cap(head.lane);
    std::optional<Turn> next;
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
