// azrestorectl events: a job's history, oldest first.
#include "daemon/cli/commands.hpp"
#include "daemon/cli/job_text.hpp"
#include "daemon/cli/jobs.hpp"

namespace azrestored::cli {

ExitCode run(Context& context, const Events& command) {
  const Console& console = context.console();
  const Answer answer = Jobs(context).get({"jobs", command.job, "events"});
  if (!answer) return console.fail(answer.error());
  const auto& events = answer->at("events");
  if (console.json()) {
    for (const auto& event : events) console.result(event);
  } else {
    console.text(history_text(events));
  }
  return ExitCode::done;
}

}  // namespace azrestored::cli
