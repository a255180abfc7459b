#include "daemon/app/status_line.hpp"

#include <algorithm>

#include "core/job/state.hpp"

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
  for (const auto& [name, jobs] : condition.jobs) {
    const StateFacts* const state = state_facts(name);
    if (state == nullptr) continue;  // a newer azrestored wrote it; this one does not start with such a database
    switch (state->reported_as) {
      case ReportedAs::waiting:
        counts.waiting += jobs;
        break;
      case ReportedAs::in_doubt:
        counts.in_doubt += jobs;
        [[fallthrough]];
      case ReportedAs::running:
        counts.running += jobs;
        break;
      case ReportedAs::held:
        counts.held += jobs;
        break;
      case ReportedAs::done:
      case ReportedAs::done_with_warnings:
      case ReportedAs::failed:
      case ReportedAs::cancelled:
        break;
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
