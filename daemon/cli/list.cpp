// azrestorectl list: the newest jobs, a line each.
#include <algorithm>

#include "daemon/cli/commands.hpp"
#include "daemon/cli/job_text.hpp"
#include "daemon/cli/jobs.hpp"

namespace azrestored::cli {
namespace {

Table job_table() {
  return Table({{"ID"},
                {"NAME", Table::Fit::cut},
                {"STATE"},
                {"%"},
                {"FOR"},  // how long it has been in this state
                {"AGE", Table::Fit::optional},
                {"VM", Table::Fit::optional}});
}

void add_row(Table& table, const nlohmann::json& job, Instant now) {
  const std::string state = text_of(job, "state");
  table.add({text_of(job, "id"),
             text_of(job, "name"),
             {state, colour_of_state(state)},
             percent_text(job),
             age_text(job, "since", now),
             age_text(job, "created", now),
             text_of(job, "virtualMachine")});
}

}  // namespace

ExitCode run(Context& context, const List& command) {
  const Console& console = context.console();
  const Instant now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
  Jobs jobs(context);
  Table table = job_table();
  int shown = 0;
  std::map<std::string, std::string> query;
  if (!command.state.empty()) query["state"] = command.state;
  for (bool more = true; more;) {
    query["limit"] = std::to_string(std::min(command.limit - shown, most_jobs_per_page));
    const Answer page = jobs.get({"jobs"}, query);
    if (!page) return console.fail(page.error());
    for (const auto& job : page->at("jobs")) {
      ++shown;
      console.json() ? console.result(job) : add_row(table, job, now);
    }
    query["after"] = text_of(*page, "next");
    more = !query["after"].empty();
    if (more && shown >= command.limit) {
      if (!console.json()) console.table(table);
      console.note("these are the newest " + std::to_string(shown) + "; there are more, see --limit and --state");
      return ExitCode::done;
    }
  }
  if (shown == 0) {
    console.note(command.state.empty() ? "there are no jobs" : "there are no jobs in state " + command.state);
  } else if (!console.json()) {
    console.table(table);
  }
  return ExitCode::done;
}

}  // namespace azrestored::cli
