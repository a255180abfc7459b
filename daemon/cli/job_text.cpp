#include "daemon/cli/job_text.hpp"

#include <cmath>
#include <vector>

#include "core/job_view.hpp"
#include "daemon/cli/terminal.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

constexpr std::size_t label_width = 18;

/// Lines of "  label   value"; what has no value has no line.
class Fields {
 public:
  void add(std::string_view label, std::string_view value) {
    if (value.empty()) return;
    text_ += "  " + padded(std::string(label), label_width) + harmless(value) + "\n";
  }
  /// The same, beginning with a text that is already fit for the terminal.
  void add_painted(std::string_view label, const std::string& painted, std::string_view rest) {
    text_ += "  " + padded(std::string(label), label_width) + painted + harmless(rest) + "\n";
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string scalar_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return "";
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// A time without its fractions of a second, which help nobody to read it.
std::string short_time(const json& object, std::string_view member) {
  const std::string text = text_of(object, member);
  const auto at = parse_rfc3339(text);
  return at ? to_rfc3339(std::chrono::floor<std::chrono::seconds>(*at)) : text;
}

/// "2026-11-22T16:00:00Z (5m 3s ago)" or "(in 30s)"
std::string moment_text(const json& object, std::string_view member, Instant now) {
  const std::string text = text_of(object, member);
  const auto at = parse_rfc3339(text);
  if (!at) return text;
  return short_time(object, member) +
         (*at > now ? " (in " + to_age(*at - now) + ")" : " (" + to_age(now - *at) + " ago)");
}

/// "a, b"; parts without a value are left out.
std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += ", ";
    text += part;
  }
  return text;
}

std::string named(std::string_view name, const json& value) {
  const std::string text = scalar_text(value);
  return text.empty() ? "" : std::string(name) + " " + text;
}

const json& member_of(const json& object, std::string_view name) {
  static const json none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

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
  for (const json& advice : member_of(error, "recommendations")) fields.add("", "- " + scalar_text(advice));
}

void add_cancel(Fields& fields, const json& job, Instant now) {
  const json& cancel = member_of(job, "cancel");
  if (!cancel.is_object()) return;
  fields.add("cancel", joined({"asked for " + moment_text(cancel, "requestedAt", now), text_of(cancel, "answer")}));
}

/// What Azure says came of the job, member by member. Its parts differ with the kind of restore, so they are shown as
/// they come: one line for each value, and one for each part of a list (a task, an error).
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
  fields.add("next step", moment_text(job, "nextAt", now));
}

}  // namespace

std::string text_of(const json& object, std::string_view member) {
  const json& value = member_of(object, member);
  return value.is_string() ? value.get<std::string>() : "";
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
  return at_rest == json(true) && (code == 1 || code == 7) ? text_of(job, "problem") : "";
}

std::string show_text(const json& details, Instant now, bool colours) {
  const std::string state = text_of(details, "state");
  const std::string title = harmless(text_of(details, "name"));
  Fields fields;
  fields.add_painted("state", colours ? coloured(state, colour_of_state(state)) : state,
                     " since " + moment_text(details, "since", now));
  add_next(fields, details, now);
  add_problem(fields, details);
  for (const json& warning : member_of(details, "warnings")) fields.add("warning", scalar_text(warning));
  add_cancel(fields, details, now);
  fields.add("Azure job",
             joined({text_of(details, "azureJobId"), text_of(details, "azureStatus"), percent_text(details)}));
  add_outcome(fields, "outcome", member_of(details, "outcome"));
  fields.add("id", text_of(details, "id"));
  fields.add("submitted",
             joined({moment_text(details, "created", now), named("by uid", member_of(details, "submitterUid"))}));
  fields.add("restores", text_of(details, "virtualMachine") + " (" + text_of(details, "recoveryType") + ")");
  fields.add("vault", text_of(details, "vault"));
  add_point(fields, details);
  fields.add("request id", text_of(details, "requestId"));
  fields.add("operation", text_of(details, "operationId"));
  fields.add("requests sent", scalar_text(member_of(details, "attempts")));
  return (colours ? coloured(title, Colour::bold) : title) + "\n" + fields.text() + "\nHistory\n" +
         history_text(member_of(details, "history"));
}

std::string history_text(const json& events) {
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
      if (!more.empty()) text += "      " + harmless(more) + "\n";
    }
  }
  return text;
}

}  // namespace azrestored::cli
