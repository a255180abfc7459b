#include "core/admission/lane.hpp"

#include <algorithm>

#include "core/base/case_folding.hpp"

namespace azrestored {
namespace {

constexpr char separator = '\x1f';
constexpr char behind_separator = '\x20';  // the next byte: sorts after every text that continues with the separator

}  // namespace

Lane Lane::of(const Job& job) {
  std::string text = fold_case(job.vault.subscription);
  text += separator;
  text += fold_case(job.vault.resource_group);
  text += '/';
  text += fold_case(job.vault.name);
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

/// The offset of the separator that ends the part of this limit; the size of the text if it is not that of a lane.
std::size_t Lane::end_of_part(ConcurrencyLimit cap) const {
  std::size_t at = text_.find(separator);
  for (std::size_t part = 0; part < index_of(cap) && at != std::string::npos; ++part)
    at = text_.find(separator, at + 1);
  return std::min(at, text_.size());
}

std::string_view Lane::key(ConcurrencyLimit cap) const {
  const std::string_view text = text_;
  const std::string_view up_to_part = text.substr(0, end_of_part(cap));
  // The key of a vault includes its subscription. The other two parts are complete ids.
  if (cap == ConcurrencyLimit::subscription || cap == ConcurrencyLimit::vault) return up_to_part;
  const auto before = up_to_part.rfind(separator);
  return before == std::string_view::npos ? std::string_view() : up_to_part.substr(before + 1);
}

std::string Lane::begin_of(ConcurrencyLimit cap) const {
  return text_.substr(0, end_of_part(cap)) + separator;
}

std::string Lane::end_of(ConcurrencyLimit cap) const {
  return text_.substr(0, end_of_part(cap)) + behind_separator;
}

std::string Lane::part_of(ConcurrencyLimit cap) const {
  std::string part(1, separator);
  part += key(cap);
  return part + separator;
}

}  // namespace azrestored
