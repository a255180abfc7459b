#include "daemon/cli/doctor/report.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

constexpr std::size_t verdict_width = 13;
constexpr std::size_t sentence_indent = verdict_width + 10;
constexpr std::size_t remedy_indent = 4;

/// What to fix first. Everything depends on the settings, then on this machine, then on permissions in Azure. What
/// cannot be reached may become reachable by itself.
constexpr std::array by_urgency{ExitCode::usage,     ExitCode::failed,      ExitCode::not_authorised,
                                ExitCode::not_found, ExitCode::unreachable, ExitCode::done_with_warnings,
                                ExitCode::done};

Colour colour_of(CheckStatus verdict) {
  switch (verdict) {
    case CheckStatus::ok:
      return Colour::green;
    case CheckStatus::note:
    case CheckStatus::not_checked:
      return Colour::cyan;
    case CheckStatus::warning:
      return Colour::yellow;
    case CheckStatus::problem:
      return Colour::red;
  }
  return Colour::none;
}

/// The verdict in JSON.
const char* json_name(CheckStatus verdict) {
  return verdict == CheckStatus::not_checked ? "notChecked" : name_of(verdict).data();
}

/// The command, with a line for each option if one line is too short, so that it can still be copied.
std::string command_text(const std::string& command, std::size_t width) {
  if (width == 0 || remedy_indent + text_width(command) <= width) return command;
  std::string text = command;
  const std::string next_line = " \\\n" + std::string(remedy_indent + 2, ' ');
  for (std::size_t at = text.find(" --"); at != std::string::npos; at = text.find(" --", at + next_line.size()))
    text.replace(at, 1, next_line);
  return text;
}

std::size_t count_of(const std::vector<Finding>& findings, CheckStatus verdict) {
  return static_cast<std::size_t>(std::ranges::count(findings, verdict, &Finding::verdict));
}

std::string counted(std::size_t count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

}  // namespace

Finding Finding::ok(std::string subject, std::string sentence) {
  return {CheckStatus::ok, std::move(subject), std::move(sentence), {}, ExitCode::done};
}

Finding Finding::note(std::string subject, std::string sentence, std::vector<Remedy> remedies) {
  return {CheckStatus::note, std::move(subject), std::move(sentence), std::move(remedies), ExitCode::done};
}

Finding Finding::not_checked(std::string subject, std::string sentence, std::vector<Remedy> remedies) {
  return {CheckStatus::not_checked, std::move(subject), std::move(sentence), std::move(remedies), ExitCode::done};
}

Finding Finding::warning(std::string subject, std::string sentence, std::vector<Remedy> remedies) {
  return {CheckStatus::warning, std::move(subject), std::move(sentence), std::move(remedies),
          ExitCode::done_with_warnings};
}

Finding Finding::problem(std::string subject, ExitCode code, std::string sentence, std::vector<Remedy> remedies) {
  return {CheckStatus::problem, std::move(subject), std::move(sentence), std::move(remedies), code};
}

std::string shell_word(const std::string& word) {
  const auto is_plain = [](char c) {
    return is_letter_or_digit(c) || std::string_view("/._-:=@%+,").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string_view name_of(CheckStatus verdict) {
  switch (verdict) {
    case CheckStatus::ok:
      return "ok";
    case CheckStatus::note:
      return "note";
    case CheckStatus::not_checked:
      return "not checked";
    case CheckStatus::warning:
      return "warning";
    case CheckStatus::problem:
      return "problem";
  }
  return "";
}

ExitCode exit_code_of(const std::vector<Finding>& findings) {
  const auto has = [&](ExitCode code) { return std::ranges::find(findings, code, &Finding::code) != findings.end(); };
  const auto worst = std::ranges::find_if(by_urgency, has);
  return worst == by_urgency.end() ? ExitCode::done : *worst;
}

std::string finding_text(const Finding& finding, std::size_t width, bool colours) {
  const std::string verdict = padded(std::string(name_of(finding.verdict)), verdict_width);
  std::string text = colours ? coloured(verdict, colour_of(finding.verdict)) : verdict;
  text += padded(finding.subject, sentence_indent - verdict_width);
  text += wrapped(harmless(finding.sentence), width, sentence_indent) + "\n";
  for (const Remedy& remedy : finding.remedies) {
    const std::string line = harmless(remedy.text);
    text += std::string(remedy_indent, ' ');
    text += (remedy.is_command ? command_text(line, width) : wrapped(line, width, remedy_indent)) + "\n";
  }
  return text;
}

std::string summary_text(const std::vector<Finding>& findings) {
  const std::size_t problems = count_of(findings, CheckStatus::problem);
  const std::size_t warnings = count_of(findings, CheckStatus::warning);
  const std::size_t unchecked = count_of(findings, CheckStatus::not_checked);
  std::string text = problems > 0 ? counted(problems, "problem") : "";
  if (warnings > 0) text += (text.empty() ? "" : ", ") + counted(warnings, "warning");
  if (text.empty()) text = unchecked > 0 ? "no problems found" : "everything is in order";
  if (unchecked > 0) text += "; " + std::to_string(unchecked) + " not checked";
  return text + "\n";
}

json findings_json(const std::vector<Finding>& findings) {
  json checks = json::array();
  CheckStatus worst = CheckStatus::ok;
  for (const Finding& finding : findings) {
    json remedies = json::array();
    for (const Remedy& remedy : finding.remedies)
      remedies.push_back({{remedy.is_command ? "command" : "advice", remedy.text}});
    checks.push_back({{"check", finding.subject},
                      {"verdict", json_name(finding.verdict)},
                      {"sentence", finding.sentence},
                      {"remedies", remedies}});
    worst = std::max(worst, finding.verdict);
  }
  return {{"verdict", json_name(worst)}, {"exitCode", static_cast<int>(exit_code_of(findings))}, {"checks", checks}};
}

void Report::add(Finding finding) {
  if (!console_.json()) {
    const std::size_t width = is_terminal() ? terminal_size().columns : 0;
    console_.text(finding_text(finding, width, wants_colour()));
  }
  findings_.push_back(std::move(finding));
}

ExitCode Report::finish() {
  if (console_.json()) {
    console_.result(findings_json(findings_));
  } else {
    console_.text("\n" + summary_text(findings_));
  }
  return exit_code_of(findings_);
}

}  // namespace azrestored::cli
