// Lanes: the queued jobs that count against the same limits. The search for the next job looks only at the first job of
// each lane. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/admission/limits.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// What a job counts against. Its text is a column of the store, and sorts lanes of one subscription, vault and account
/// together: "{subscription}|{group/vault}|{storage account}|{target group}|", with U+001F, which no name holds, for |.
class Lane {
 public:
  static Lane of(const Job& job);
  static Lane from_text(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }

  /// The key that is counted for this limit, equal for all jobs that share it; "" if the limit does not apply to the
  /// lane.
  [[nodiscard]] std::string_view key(ConcurrencyLimit cap) const;

  /// The texts of all lanes that are equal up to this part are in [begin_of(), end_of()).
  [[nodiscard]] std::string begin_of(ConcurrencyLimit cap) const;
  [[nodiscard]] std::string end_of(ConcurrencyLimit cap) const;
  /// The key with its separators. Every lane that shares the key contains this in its text.
  [[nodiscard]] std::string part_of(ConcurrencyLimit cap) const;

 private:
  [[nodiscard]] std::size_t end_of_part(ConcurrencyLimit cap) const;

  std::string text_;
};

}  // namespace azrestored
