// azrestorectl explain: why a job is in its state, what happens next and what the operator can do
// (core/view/explain.hpp), as a few labelled lines. Exits with the job's exit code.
#include "daemon/cli/commands/commands.hpp"

#include <nlohmann/json.hpp>
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

/// True if `text` contains the problem, which is then not printed again.
bool reports(const std::string& text, const json& problem) {
  const std::string message = text_of(problem, "message");
  return !message.empty() && text.find(message.substr(0, message.find_last_not_of('.') + 1)) != std::string::npos;
}

void add_problem(Fields& fields, const json& reported, const std::string& why) {
  const json& problem = member_of(reported, "problem");
  if (!problem.is_object()) return;
  const std::string code = text_of(problem, "code");
  if (!reports(why, problem)) fields.add("problem", (code.empty() ? "" : code + ": ") + text_of(problem, "message"));
  add_recommendations(fields, "Azure advises", problem, reported);
  // Without the class: "retry" in front of the sentence would read as advice in every state.
  fields.add("advice", text_of(problem, "advice"));
}

void add_answer(Fields& fields, const json& answer, const json& problem, Instant now) {
  if (!answer.is_object()) return;
  fields.add("last response", "HTTP " + scalar_text(member_of(answer, "httpStatus")) + " at " +
                                  moment_text(answer, "at", now) + ": " + text_of(answer, "cause"));
  const std::string detail = text_of(answer, "detail");
  if (!reports(detail, problem)) fields.add("", detail);
}

void add_next(Fields& fields, const json& next, Instant now) {
  const std::string what = text_of(next, "what");
  if (what.empty()) return fields.add("next", "azrestored does nothing more by itself.");
  const std::string at = moment_text(next, "at", now);
  const std::string at_is = text_of(next, "atIs");
  const bool is_of_the_step = at_is == "step";
  fields.add("next", what + (is_of_the_step && !at.empty() ? ", at " + at : ""));
  // Otherwise the time is of a look, not of what follows it.
  if (!is_of_the_step) add_time_of_next(fields, at_is, at);
  fields.add("then", text_of(next, "then"));
  const std::string request = moment_text(next, "requestNotBefore", now);
  if (!request.empty()) fields.add("request again", "not before " + request);
}

void add_support(Fields& fields, const json& support) {
  const auto add = [&](const char* label, const char* member) { fields.add(label, text_of(support, member)); };
  add("our request id", "requestId");
  add("Azure request id", "azureRequestId");
  add("correlation id", "correlationId");
  add("operation", "operationId");
  add("backup job", "azureJobId");
  add("vault", "vault");
}

}  // namespace

std::string explain_text(const json& reported, Instant now, std::size_t width, bool colours) {
  const std::string state = text_of(reported, "state");
  const std::string title = harmless(text_of(reported, "name"));
  Fields fields(width);
  fields.add_painted("state", colours ? coloured(state, colour_of_state(state)) : state,
                     " since " + moment_text(reported, "since", now));
  fields.add("why", text_of(reported, "why"));
  add_problem(fields, reported, text_of(reported, "why"));
  add_answer(fields, member_of(reported, "lastAnswer"), member_of(reported, "problem"), now);
  fields.add_each("finding", member_of(reported, "findings"));
  fields.add_each("unchecked", member_of(reported, "unchecked"));
  fields.add_each("warning", member_of(reported, "warnings"));
  fields.add("waits for", text_of(reported, "waitsFor"));
  add_next(fields, member_of(reported, "next"), now);
  fields.add_each("left behind", member_of(reported, "leftBehind"), "- ");
  fields.add_each("you can", member_of(reported, "youCan"), "- ");
  Fields support;  // not wrapped, so that ids can be copied
  add_support(support, member_of(reported, "support"));
  return (colours ? coloured(title, Colour::bold) : title) + "\n" + fields.text() +
         commands_text(member_of(reported, "commands")) + "\nFor support\n" + support.text();
}

ExitCode run(Context& context, const Explain& command) {
  const Console& console = context.console();
  Jobs jobs(context);
  const Answer reported = jobs.get({"jobs", command.job, "explain"});
  if (!reported) return console.fail(reported.error());
  if (console.json()) {
    console.result(*reported);
  } else {
    console.text(explain_text(*reported, jobs.now(), output_width(), wants_colour()));
  }
  return exit_code_of_state(text_of(*reported, "state"));
}

}  // namespace azrestored::cli
