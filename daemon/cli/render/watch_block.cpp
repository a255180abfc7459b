#include "daemon/cli/render/watch_block.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/duration.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/render/totals.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/cli/terminal/table.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;
using Jobs = std::vector<const json*>;

constexpr std::size_t id_length = 36;
constexpr std::size_t left_width = 22;  // "due 59m 59s ago (Azure)": longer texts are rare
constexpr std::size_t reason_indent = short_id_length + 2;
constexpr std::size_t narrowest = 40;  // columns; with less, not even the columns that are never left out fit

/// Length of the progress bar. The name and state of a job have precedence.
std::size_t bar_length(std::size_t columns) {
  return columns >= 110 ? 20 : 10;
}

/// "[####......]"; "" until Azure reports a percentage.
std::string bar_of(const json& job, std::size_t length) {
  const json& percent = member_of(job, "percent");
  if (!percent.is_number()) return "";
  const double part = std::clamp(percent.get<double>() / 100, 0.0, 1.0);
  const auto full = static_cast<std::size_t>(std::floor(part * static_cast<double>(length)));
  return "[" + std::string(full, '#') + std::string(length - full, '.') + "]";
}

/// How long the restore has run, or took. If it has not been requested yet: how long the job has waited.
std::string elapsed_text(const json& job, Instant now) {
  const auto requested = parse_rfc3339(text_of(job, "requested"));
  const auto begin = requested || is_at_rest(job) ? requested : parse_rfc3339(text_of(job, "created"));
  if (!begin) return "";
  const Instant end = is_at_rest(job) ? parse_rfc3339(text_of(job, "since")).value_or(now) : now;
  return to_age(std::max(end - *begin, Millis(0)));
}

/// Right-aligned, so that percentages can be compared.
std::string aligned_percent(const json& job) {
  constexpr std::size_t width = 5;  // "100 %"
  const std::string text = percent_text(job);
  return text.empty() ? "" : std::string(width - std::min(width, text.size()), ' ') + text;
}

/// Time until the job's end, or its queue position.
std::string left_text(const json& job, Instant now) {
  const json& place = member_of(job, "placeInLine");
  if (place.is_number() && urgency_of(job) == Urgency::waiting) return "position " + place.dump() + " in queue";
  return time_left_text(job, now);
}

/// Why the job is in trouble.
std::string reason_of(const json& job) {
  const std::string failure = failure_text(job);
  if (!failure.empty()) return failure;
  return urgency_of(job) == Urgency::trouble ? "waits for " + text_of(job, "waitsFor") : "";
}

/// What a job that is not in trouble waits for, unless its backup job is known.
std::string note_of(const json& job) {
  if (urgency_of(job) == Urgency::trouble || !text_of(job, "azureJobId").empty()) return "";
  const std::string waits_for = text_of(job, "waitsFor");
  return waits_for.empty() ? "" : "waits for " + waits_for;
}

/// The titles, then a line for each job.
std::vector<std::string> job_lines(const Jobs& jobs, Instant now, const BlockStyle& style) {
  const std::size_t length = bar_length(style.size.columns);
  Table table({{"JOB"},
               {"NAME", Table::Fit::cut, 12},
               {"STATE", Table::Fit::cut, 9},
               {"    %", Table::Fit::optional, 5},
               {"PROGRESS", Table::Fit::optional, length + 2},
               {"ELAPSED", Table::Fit::optional},
               {"LEFT", Table::Fit::optional, left_width},
               {"VM", Table::Fit::optional},
               {"NOTE", Table::Fit::optional, 20},
               {"BACKUP JOB", Table::Fit::optional, id_length}});
  for (const json* job : jobs) {
    const std::string state = text_of(*job, "state");
    const Colour colour = colour_of_state(state);
    table.add({short_id(*job),
               text_of(*job, "name"),
               {state, colour},
               aligned_percent(*job),
               {bar_of(*job, length), colour},
               elapsed_text(*job, now),
               left_text(*job, now),
               text_of(*job, "virtualMachine"),
               note_of(*job),
               text_of(*job, "azureJobId")});
  }
  Table::Options options;
  options.width = style.size.columns;
  options.colours = style.colours;
  options.stacks = false;
  if (style.size.columns >= narrowest) return table.lines(options);
  options.colours = false;
  std::vector<std::string> lines = table.lines(options);
  for (std::string& line : lines) line = cut_to(line, style.size.columns);
  return lines;
}

/// Number of lines for a job.
std::size_t height_of(const json& job) {
  return reason_of(job).empty() ? 1 : 2;
}

/// The jobs that fit into `room` lines: all jobs in their order, or the most urgent ones.
Jobs fitting(Jobs jobs, std::size_t room) {
  std::size_t needed = 0;
  for (const json* job : jobs) needed += height_of(*job);
  if (needed <= room) return jobs;
  std::ranges::stable_sort(jobs, {}, [](const json* job) { return urgency_of(*job); });
  std::size_t used = 0;
  const auto first_too_many =
      std::ranges::find_if(jobs, [&](const json* job) { return (used += height_of(*job)) > room; });
  jobs.erase(std::max(first_too_many, jobs.begin() + (room > 1 ? 1 : 0)), jobs.end());
  return jobs;
}

/// Number of lines for jobs: all lines except titles, count of the rest, totals, remark, and the line below the block.
std::size_t room_for(const Jobs& jobs, const BlockStyle& style) {
  std::size_t room = style.size.rows > 6 ? style.size.rows - 5 : 1;
  if (!style.last) return room;
  std::size_t in_trouble = 0;
  for (const json* job : jobs) {
    if (urgency_of(*job) == Urgency::trouble) in_trouble += height_of(*job);
  }
  return std::max(room, in_trouble);
}

Jobs wanted_jobs(const std::vector<json>& jobs, bool compact) {
  Jobs wanted;
  for (const json& job : jobs) {
    if (!compact || urgency_of(job) == Urgency::trouble || !failure_text(job).empty()) wanted.push_back(&job);
  }
  return wanted;
}

std::string painted(const std::string& text, Colour colour, const BlockStyle& style) {
  const std::string cut = cut_to(text, style.size.columns);
  return style.colours ? coloured(cut, colour) : cut;
}

std::string reason_line(const std::string& reason, const BlockStyle& style) {
  const std::string blanks(reason_indent, ' ');
  if (!style.last) return painted(blanks + harmless(reason), Colour::none, style);
  return blanks + wrapped(harmless(reason), style.size.columns, reason_indent);
}

std::string totals_line(const Totals& totals, const BlockStyle& style) {
  const std::string plain = totals.text(false);
  return text_width(plain) <= style.size.columns ? totals.text(style.colours) : cut_to(plain, style.size.columns);
}

}  // namespace

std::vector<std::string> watch_block(const std::vector<json>& jobs, const std::string& remark, Instant now,
                                     const BlockStyle& style) {
  const Jobs wanted = wanted_jobs(jobs, style.compact);
  const Jobs shown = fitting(wanted, room_for(wanted, style));

  std::vector<std::string> lines;
  if (!shown.empty()) {
    const std::vector<std::string> table = job_lines(shown, now, style);
    lines.push_back(table.front());
    for (std::size_t i = 0; i < shown.size(); ++i) {
      lines.push_back(table[i + 1]);
      if (const std::string reason = reason_of(*shown[i]); !reason.empty()) lines.push_back(reason_line(reason, style));
    }
  }
  if (shown.size() < wanted.size())
    lines.push_back(painted("... and " + std::to_string(wanted.size() - shown.size()) + " more", Colour::none, style));
  if (jobs.size() > 1 || style.compact) lines.push_back(totals_line(Totals::of(jobs), style));
  if (!remark.empty()) lines.push_back(painted(harmless(remark), Colour::yellow, style));
  return lines;
}

}  // namespace azrestored::cli
