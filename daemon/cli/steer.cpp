// azrestorectl cancel, hold, release, retry: tells azrestored what a person wants of a job and prints what has become
// of the job. Code 0 means that it was taken; `watch` tells how the job ends.
#include "daemon/cli/client.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/job_text.hpp"
#include "daemon/cli/jobs.hpp"

namespace azrestored::cli {
namespace {

ExitCode steer(Context& context, const std::string& job_name, const char* command,
               std::map<std::string, std::string> query = {}) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  const Answer answer = Client(*socket).post(control_target({"jobs", job_name, command}, std::move(query)));
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

}  // namespace

ExitCode run(Context& context, const Cancel& command) {
  return steer(context, command.job, "cancel");
}

ExitCode run(Context& context, const Hold& command) {
  return steer(context, command.job, "hold");
}

ExitCode run(Context& context, const Release& command) {
  return steer(context, command.job, "release");
}

ExitCode run(Context& context, const Retry& command) {
  std::map<std::string, std::string> query;
  if (command.nothing_runs) query["nothingRuns"] = "1";
  return steer(context, command.job, "retry", std::move(query));
}

}  // namespace azrestored::cli
