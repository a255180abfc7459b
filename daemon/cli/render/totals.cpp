#include "daemon/cli/render/totals.hpp"

#include <nlohmann/json.hpp>

#include "core/view/job_view.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/exit_codes.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {
namespace {

/// Where a job of this state is counted.
std::size_t& count_of(Totals& totals, const std::string& state) {
  if (state == "queued") return totals.waiting;
  if (state == "in-doubt") return totals.in_doubt;
  if (state == "held") return totals.held;
  switch (exit_code_of_state(state)) {
    case ExitCode::done:
    case ExitCode::done_with_warnings:
      return totals.done;
    case ExitCode::cancelled:
      return totals.cancelled;
    case ExitCode::still_running:
      return totals.running;
    default:
      return totals.failed;
  }
}

}  // namespace

Urgency urgency_of(const nlohmann::json& job) {
  const std::string state = text_of(job, "state");
  if (state == "failed" || state == "held" || state == "in-doubt") return Urgency::trouble;
  if (is_at_rest(job)) return Urgency::ended;
  return state == "queued" ? Urgency::waiting : Urgency::under_way;
}

Totals Totals::of(const std::vector<nlohmann::json>& jobs) {
  Totals totals;
  for (const auto& job : jobs) ++count_of(totals, text_of(job, "state"));
  return totals;
}

std::string Totals::text(bool colours) const {
  const std::size_t jobs = running + waiting + in_doubt + held + done + failed + cancelled;
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
  add(failed, "failed", Colour::red);
  add(cancelled, "cancelled", Colour::yellow);
  return std::to_string(jobs) + (jobs == 1 ? " job" : " jobs") + parts;
}

nlohmann::json Totals::json() const {
  return {{"running", running}, {"waiting", waiting}, {"inDoubt", in_doubt},   {"held", held},
          {"done", done},       {"failed", failed},   {"cancelled", cancelled}};
}

}  // namespace azrestored::cli
