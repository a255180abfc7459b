// azrestorectl cancel, hold, release, retry: sends the operator's command for a job and prints the job's new state.
// Code 0 means that azrestored accepted the command; `watch` shows the outcome. Asks for confirmation before what
// cannot be undone, if there is a terminal and --yes is not given.
#include "daemon/cli/connect/client.hpp"

#include <nlohmann/json.hpp>
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/confirm.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

/// A command for a job.
struct JobAction {
  std::string job;
  std::string command;
  std::map<std::string, std::string> query;
  std::string question;  // asked before the command is sent; "": do not ask
};

/// "web01-drill (ID): a restore of VM web01 from vault main, tracking since ... (5m ago)"
std::string described(const json& job, Instant now) {
  const std::string vault = text_of(job, "vault");
  return text_of(job, "name") + " (" + text_of(job, "id") + "): a restore of VM " + text_of(job, "virtualMachine") +
         " from vault " + vault.substr(vault.rfind('/') + 1) + ", " +
         joined({text_of(job, "state") + " since " + moment_text(job, "since", now), percent_text(job)}) + ".";
}

/// Shows the job and asks. Puts the id of the job that was shown into `wish`, so that the command applies to that job.
/// nullopt if the command may be sent, otherwise the code to exit with.
std::optional<ExitCode> ask(const Console& console, Client& client, JobAction& action) {
  if (action.question.empty() || !is_person_there()) return std::nullopt;
  const Answer job = client.get(control_target({"jobs", action.job}));
  if (!job) return console.fail(job.error());
  action.job = text_of(*job, "id");
  if (is_confirmed(described(*job, client.now()) + " " + action.question)) return std::nullopt;
  console.note("nothing was done");
  return ExitCode::failed;
}

ExitCode steer(Context& context, JobAction action) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  Client client(*socket);
  if (const auto ended = ask(console, client, action)) return *ended;
  const Answer answer = client.post(control_target({"jobs", action.job, action.command}, action.query));
  if (!answer) return console.fail(answer.error());
  if (console.json()) {
    console.result(*answer);
    return ExitCode::done;
  }
  const json& job = answer->at("job");
  console.text(harmless(text_of(job, "name") + " (" + text_of(job, "id") + ", " + text_of(job, "state") +
                        "): " + text_of(*answer, "answer")) +
               "\n");
  return ExitCode::done;
}

}  // namespace

ExitCode run(Context& context, const Cancel& command) {
  JobAction action{command.job, "cancel", {}, ""};
  if (!command.yes) action.question = "Cancel it?";
  return steer(context, std::move(action));
}

ExitCode run(Context& context, const Hold& command) {
  return steer(context, JobAction{command.job, "hold", {}, ""});
}

ExitCode run(Context& context, const Release& command) {
  return steer(context, JobAction{command.job, "release", {}, ""});
}

ExitCode run(Context& context, const Retry& command) {
  JobAction action{command.job, "retry", {}, ""};
  if (command.nothing_runs) {
    action.query["nothingRuns"] = "1";
    if (!command.yes) action.question = "Check in Azure that no restore of it runs. Restore it again?";
  }
  return steer(context, std::move(action));
}

}  // namespace azrestored::cli
