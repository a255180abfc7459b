// Lanes: jobs that count against the same limits wait in one, so that the next job is found by looking at the first of
// each lane and not at all jobs. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/admission/limits.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// What a job counts against. As a text (a column of the store) it sorts lanes of one subscription, vault and account
/// together: "{subscription}|{group/vault}|{storage account}|{target group}|", with U+001F, which no name holds, for |.
class Lane {
 public:
  static Lane of(const Job& job);
  static Lane from_text(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }

  /// What is counted under this cap: equal for all jobs that share it; "" when it does not concern these jobs.
  [[nodiscard]] std::string_view key(Cap cap) const;

  /// Texts from begin_of() up to, and without, end_of() are of lanes that are the same up to this part.
  [[nodiscard]] std::string begin_of(Cap cap) const;
  [[nodiscard]] std::string end_of(Cap cap) const;
  /// The key with what is before and behind it in the text: found in the texts of all lanes that share it.
  [[nodiscard]] std::string part_of(Cap cap) const;

 private:
  [[nodiscard]] std::size_t end_of_part(Cap cap) const;

  std::string text_;
};

}  // namespace azrestored
