// What a job waits for that others wait for as well, and its place in that line: what only the living daemon knows
// beside the row. A value, made by the daemon and shown by core/view/job_view.hpp and core/view/explain.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/admission/admission.hpp"

namespace azrestored {

struct Waiting {
  std::string what;                   // words that follow "waits for" and "gets"
  std::optional<std::int64_t> place;  // from 1
  std::optional<Cap> cap;             // of a queued job that waits for this one: the store tells the place

  /// "a place in vault contoso-vault, where 4 of 4 are taken (limits.concurrentRestoresPerVault); place 3 in line"
  [[nodiscard]] std::string text() const;
};

/// What a queued job waits for: the first cap that is full for it, else a place among the active jobs.
Waiting waiting_of_queued(const Job& job, const Admission& admission, std::size_t active_jobs, int most_active_jobs);

}  // namespace azrestored
