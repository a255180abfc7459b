#include "daemon/app/status_line.hpp"

#include <algorithm>

#include "core/job/job.hpp"

namespace azrestored {
namespace {

struct Counts {
  std::int64_t running = 0;
  std::int64_t in_doubt = 0;  // of those
  std::int64_t waiting = 0;
  std::int64_t held = 0;
};

Counts count(const Condition& condition) {
  Counts counts;
  const auto names = state_names();
  const std::string_view first_final = state_name(Succeeded{});
  for (const auto& [state, jobs] : condition.jobs) {
    if (state == state_name(Queued{})) {
      counts.waiting += jobs;
    } else if (state == state_name(Held{})) {
      counts.held += jobs;
    } else if (std::ranges::find(names, state) < std::ranges::find(names, first_final)) {
      counts.running += jobs;
      if (state == state_name(InDoubt{})) counts.in_doubt += jobs;
    }
  }
  return counts;
}

}  // namespace

std::string status_line(const Condition& condition) {
  const Counts counts = count(condition);
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (counts.running > 0) {
    add(std::to_string(counts.running) + " running" +
        (counts.in_doubt > 0 ? " (" + std::to_string(counts.in_doubt) + " in doubt)" : ""));
  }
  if (counts.waiting > 0) add(std::to_string(counts.waiting) + " waiting");
  if (counts.held > 0) add(std::to_string(counts.held) + " held");
  if (text.empty()) text = "Idle: no job is under way";
  if (condition.next_poll && counts.running > 0) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(std::max(*condition.next_poll, Millis(0))).count();
    add(seconds == 0 ? "polling" : "next poll in " + std::to_string(seconds) + " s");
  }
  if (condition.problem) text += "; " + *condition.problem;
  return text;
}

}  // namespace azrestored
