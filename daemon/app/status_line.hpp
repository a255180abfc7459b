// The line that `systemctl status` shows: "12 running, 3 waiting, 1 held, next poll in 8 s". Pure; the daemon sends it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored {

struct Condition {
  std::vector<std::pair<std::string, std::int64_t>> jobs;  // by state, as JobStore::count_by_state()
  std::optional<Millis> next_poll;                         // from now; negative: due
  std::optional<std::string> problem;                      // why jobs cannot continue, in a sentence
};

std::string status_line(const Condition& condition);

}  // namespace azrestored
