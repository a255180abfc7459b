#include "daemon/cli/render/job_text.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/duration.hpp"
#include "core/view/job_view.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

void add_point(Fields& fields, const json& job) {
  const json& point = member_of(job, "recoveryPoint");
  if (!point.is_object()) return;
  std::vector<std::string> parts{text_of(point, "id") + " of " + short_time(point, "time"),
                                 text_of(point, "consistency")};
  for (const json& tier : member_of(point, "tiers")) parts.push_back(scalar_text(tier));
  fields.add("recovery point", joined(parts));
}

void add_problem(Fields& fields, const json& job) {
  const json& error = member_of(job, "error");
  if (!error.is_object()) return;
  fields.add("last problem", text_of(job, "problem"));
  fields.add("",
             joined({named("HTTP", member_of(error, "httpStatus")), named("request id", member_of(error, "requestId")),
                     named("correlation id", member_of(error, "correlationId"))}));
  add_recommendations(fields, "", error, job);
}

/// Differences between the request and the result, and what could not be compared.
void add_remarks(Fields& fields, const json& job) {
  fields.add_each("finding", member_of(job, "findings"));
  fields.add_each("unchecked", member_of(job, "unchecked"));
  fields.add_each("warning", member_of(job, "warnings"));
}

/// The attempts before the last retry, a line for each.
void add_earlier(Fields& fields, const json& job) {
  const json& attempts = member_of(job, "earlierAttempts");
  if (!attempts.is_array() || attempts.empty()) return;
  fields.add("attempt", scalar_text(member_of(job, "attempt")));
  std::string_view label = "earlier attempts";
  for (const json& attempt : attempts) {
    fields.add(label, joined({text_of(attempt, "state") + " " + short_time(attempt, "endedAt"),
                              named("request id", member_of(attempt, "requestId")),
                              named("backup job", member_of(attempt, "azureJobId")), text_of(attempt, "problem")}));
    label = "";
  }
}

void add_cancel(Fields& fields, const json& job, Instant now) {
  const json& cancel = member_of(job, "cancel");
  if (!cancel.is_object()) return;
  fields.add("cancel", joined({"requested " + moment_text(cancel, "requestedAt", now), text_of(cancel, "answer")}));
}

/// What Azure reports about its backup job. The members depend on the kind of restore, so all are shown: one line for
/// each value, and one for each element of a list (a task, an error).
void add_outcome(Fields& fields, std::string_view label, const json& value) {
  if (!value.is_structured()) {
    fields.add(label, scalar_text(value));
    return;
  }
  for (const auto& [name, part] : value.items()) {
    if (value.is_object() && part.is_object()) {
      add_outcome(fields, label, part);
    } else if (value.is_object() && part.is_array()) {
      add_outcome(fields, label, part);
    } else if (value.is_object()) {
      const std::string text = scalar_text(part);
      if (!text.empty()) fields.add(label, name + ": " + text);
    } else if (part.is_object()) {
      std::vector<std::string> texts;
      for (const auto& [key, scalar] : part.items()) texts.push_back(named(key, scalar));
      fields.add(label, joined(texts));
    } else {
      fields.add(label, scalar_text(part));
    }
    label = "";
  }
}

void add_next(Fields& fields, const json& job, Instant now) {
  const std::string waits_for = text_of(job, "waitsFor");
  if (waits_for.empty()) return;
  fields.add("waits for", waits_for);
  add_time_of_next(fields, text_of(job, "nextAtIs"), moment_text(job, "nextAt", now));
}

/// Only if it is not 0, the default.
void add_priority(Fields& fields, const json& job) {
  const json& priority = member_of(job, "priority");
  if (priority != json(0)) fields.add("priority", scalar_text(priority));
}

/// "2026-11-22T16:05:00Z (in 5m), Azure's estimate"
std::string expected_text(const json& job, Instant now) {
  const std::string expected_by = text_of(job, "expectedBy");
  if (expected_by.empty()) return "";
  std::string ground = "from its progress";
  if (expected_by == "azure") ground = "Azure's estimate";
  if (expected_by == "pastRuns") ground = "from past runs";
  return moment_text(job, "expectedEnd", now) + ", " + ground;
}

/// The same in a word or two, such as "past runs".
std::string ground_of(const json& job) {
  const std::string expected_by = text_of(job, "expectedBy");
  if (expected_by == "azure") return "Azure";
  return expected_by == "pastRuns" ? "past runs" : "by progress";
}

}  // namespace

std::string short_id(const json& job) {
  return text_of(job, "id").substr(0, short_id_length);
}

bool is_at_rest(const json& job) {
  return job.value("atRest", false);
}

json without_history(json job) {
  job.erase("history");
  return job;
}

std::string percent_text(const json& job) {
  const json& percent = member_of(job, "percent");
  return percent.is_number() ? std::to_string(std::lround(percent.get<double>())) + " %" : "";
}

std::string age_text(const json& job, std::string_view member, Instant now) {
  const auto at = parse_rfc3339(text_of(job, member));
  return at ? to_age(std::max(now - *at, Millis(0))) : "";
}

std::string failure_text(const json& job) {
  const int code = exit_code_of(text_of(job, "state"));
  const json& at_rest = member_of(job, "atRest");
  if (at_rest != json(true)) return "";
  if (code == 3) return text_of(job, "remark");
  return code == 1 || code == 7 ? text_of(job, "problem") : "";
}

std::string time_left_text(const json& job, Instant now) {
  const auto end = parse_rfc3339(text_of(job, "expectedEnd"));
  if (!end) return "";
  const std::string ground = " (" + ground_of(job) + ")";
  return *end > now ? to_age(*end - now) + ground : "due " + to_age(now - *end) + " ago" + ground;
}

std::string show_text(const json& details, Instant now, std::size_t width, bool colours) {
  const std::string state = text_of(details, "state");
  const std::string title = harmless(text_of(details, "name"));
  Fields fields(width);
  fields.add_painted("state", colours ? coloured(state, colour_of_state(state)) : state,
                     " since " + moment_text(details, "since", now));
  add_next(fields, details, now);
  add_problem(fields, details);
  add_remarks(fields, details);
  add_cancel(fields, details, now);
  fields.add("backup job",
             joined({text_of(details, "azureJobId"), text_of(details, "azureStatus"), percent_text(details)}));
  fields.add("expected end", expected_text(details, now));
  add_outcome(fields, "outcome", member_of(details, "outcome"));
  fields.add("id", text_of(details, "id"));
  fields.add("submitted",
             joined({moment_text(details, "created", now), named("by uid", member_of(details, "submitterUid"))}));
  fields.add("restores", text_of(details, "virtualMachine") + " (" + text_of(details, "recoveryType") + ")");
  add_priority(fields, details);
  fields.add("vault", text_of(details, "vault"));
  fields.add("cross-region", text_of(details, "crossRegion"));
  add_point(fields, details);
  fields.add("request id", text_of(details, "requestId"));
  fields.add("operation", text_of(details, "operationId"));
  fields.add("requests sent", scalar_text(member_of(details, "attempts")));
  add_earlier(fields, details);
  return (colours ? coloured(title, Colour::bold) : title) + "\n" + fields.text() +
         commands_text(member_of(details, "commands")) + "\nHistory\n" +
         history_text(member_of(details, "history"), width);
}

void add_recommendations(Fields& fields, std::string_view label, const json& problem, const json& job) {
  const json& recommendations = member_of(problem, "recommendations");
  if (!recommendations.is_array() || recommendations.empty()) return;
  if (member_of(job, "restoreMayRun") == json(true)) {
    fields.add(label, "only when no restore of this job can be running any more:");
    label = "";
  }
  fields.add_each(label, recommendations, "- ");
}

void add_time_of_next(Fields& fields, std::string_view at_is, const std::string& at) {
  if (at.empty()) return;
  if (at_is == "latest") return fields.add("next look", "at the latest " + at);
  fields.add(at_is == "look" ? "next look" : "next step", at);
}

std::string commands_text(const json& commands) {
  std::string text;
  if (!commands.is_array()) return text;
  for (const json& each : commands) {
    text += "\n" + harmless(text_of(each, "purpose")) + "\n";
    for (const json& line : member_of(each, "lines")) text += "  " + harmless(scalar_text(line)) + "\n";
  }
  return text;
}

std::string history_text(const json& events, std::size_t width) {
  constexpr std::size_t indent = 6;
  std::string text;
  for (const json& line : events) {
    const std::string from = text_of(line, "from");
    const std::string to = text_of(line, "to");
    text += "  " + short_time(line, "at") + "  " + harmless(from.empty() || from == to ? to : from + " -> " + to) +
            "  (" + harmless(text_of(line, "cause")) + ")\n";
    const std::string below =
        joined({named("HTTP", member_of(line, "httpStatus")), named("request id", member_of(line, "requestId")),
                named("correlation id", member_of(line, "correlationId"))});
    for (const std::string& more : {text_of(line, "detail"), below}) {
      if (!more.empty()) text += std::string(indent, ' ') + wrapped(harmless(more), width, indent) + "\n";
    }
  }
  return text;
}

}  // namespace azrestored::cli
