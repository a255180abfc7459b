// azrestorectl cancel: stops a job that has sent nothing yet, else asks Azure; prints what came of it. Code 0 means
// that the job is cancelled or that Azure has been asked; `watch` tells how it ends.
#include "daemon/cli/client.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/job_text.hpp"
#include "daemon/cli/jobs.hpp"

namespace azrestored::cli {

ExitCode run(Context& context, const Cancel& command) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  const Answer answer = Client(*socket).post(control_target({"jobs", command.job, "cancel"}));
  if (!answer) return console.fail(answer.error());
  if (console.json()) {
    console.result(*answer);
    return ExitCode::done;
  }
  const auto& job = answer->at("job");
  console.text(harmless(text_of(job, "name") + " (" + text_of(job, "id") + ", " + text_of(job, "state") +
                        "): " + text_of(*answer, "answer")) +
               "\n");
  return ExitCode::done;
}

}  // namespace azrestored::cli
