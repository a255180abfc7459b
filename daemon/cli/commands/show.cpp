// azrestorectl show: everything about one job. Exits with the job's exit code.
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {

ExitCode run(Context& context, const Show& command) {
  const Console& console = context.console();
  Jobs jobs(context);
  const Answer details = jobs.get({"jobs", command.job});
  if (!details) return console.fail(details.error());
  if (console.json()) {
    console.result(*details);
  } else {
    console.text(show_text(*details, jobs.now(), output_width(), wants_colour()));
  }
  return exit_code_of_state(text_of(*details, "state"));
}

}  // namespace azrestored::cli
