#include "daemon/cli/render/totals.hpp"

#include <nlohmann/json.hpp>

#include "core/job/state.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {
namespace {

std::size_t& count_of(Totals& totals, ReportedAs reported_as) {
  switch (reported_as) {
    case ReportedAs::waiting:
      return totals.waiting;
    case ReportedAs::running:
      return totals.running;
    case ReportedAs::in_doubt:
      return totals.in_doubt;
    case ReportedAs::held:
      return totals.held;
    case ReportedAs::done:
      return totals.done;
    case ReportedAs::done_with_warnings:
      return totals.done_with_warnings;
    case ReportedAs::failed:
      return totals.failed;
    case ReportedAs::cancelled:
      return totals.cancelled;
  }
  return totals.failed;
}

Urgency urgency_when(ReportedAs reported_as) {
  switch (reported_as) {
    case ReportedAs::failed:
    case ReportedAs::held:
    case ReportedAs::in_doubt:
      return Urgency::trouble;
    case ReportedAs::running:
      return Urgency::under_way;
    case ReportedAs::waiting:
      return Urgency::waiting;
    case ReportedAs::done:
    case ReportedAs::done_with_warnings:
    case ReportedAs::cancelled:
      return Urgency::ended;
  }
  return Urgency::trouble;
}

}  // namespace

Urgency urgency_of(const nlohmann::json& job) {
  if (const StateFacts* const state = state_facts(text_of(job, "state"))) return urgency_when(state->reported_as);
  // A state of a newer azrestored: only `atRest` says something about it.
  return is_at_rest(job) ? Urgency::ended : Urgency::under_way;
}

Totals Totals::of(const std::vector<nlohmann::json>& jobs) {
  Totals totals;
  for (const auto& job : jobs) {
    const StateFacts* const state = state_facts(text_of(job, "state"));
    // A state of a newer azrestored counts as its exit code says: as a failure.
    ++count_of(totals, state == nullptr ? ReportedAs::failed : state->reported_as);
  }
  return totals;
}

std::string Totals::text(bool colours) const {
  const std::size_t jobs = running + waiting + in_doubt + held + done + done_with_warnings + failed + cancelled;
  std::string parts;
  const auto add = [&](std::size_t count, const char* what, Colour colour) {
    if (count == 0) return;
    const std::string part = std::to_string(count) + " " + what;
    parts += (parts.empty() ? ": " : ", ") + (colours ? coloured(part, colour) : part);
  };
  add(running, "running", Colour::cyan);
  add(waiting, "waiting", Colour::none);
  add(in_doubt, "in doubt", Colour::yellow);
  add(held, "held", Colour::red);
  add(done, "done", Colour::green);
  add(done_with_warnings, "with warnings", Colour::yellow);
  add(failed, "failed", Colour::red);
  add(cancelled, "cancelled", Colour::yellow);
  return std::to_string(jobs) + (jobs == 1 ? " job" : " jobs") + parts;
}

nlohmann::json Totals::json() const {
  return {{"running", running},
          {"waiting", waiting},
          {"inDoubt", in_doubt},
          {"held", held},
          {"done", done + done_with_warnings},
          {"doneWithWarnings", done_with_warnings},
          {"failed", failed},
          {"cancelled", cancelled}};
}

}  // namespace azrestored::cli
