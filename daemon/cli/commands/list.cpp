// azrestorectl list: a line for each job that matches the filters, from the newest or from the oldest, up to a limit.
// The selection is by age; --sort only sorts the selected jobs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/azure/arm_id.hpp"
#include "core/base/case_folding.hpp"
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;
using Query = std::map<std::string, std::string>;

/// The query of GET /v1/jobs, without state and page size.
Query query_of(const List& command) {
  Query query;
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) query[name] = value;
  };
  put("vault", last_segment(command.vault));
  put("vm", last_segment(command.vm));
  put("after", command.after);
  if (command.since) query["since"] = to_rfc3339(*command.since);
  if (command.sort == "age" && command.reverse) query["order"] = "oldest";
  return query;
}

struct Found {
  std::vector<json> jobs;
  bool more = false;  // there are more jobs than the limit
};

/// Appends one list, page by page, up to `limit` jobs.
std::optional<Failure> read_list(Jobs& jobs, Query query, int limit, Found& found) {
  for (int taken = 0;;) {
    query["limit"] = std::to_string(std::min(limit - taken, most_jobs_per_page));
    Answer page = jobs.get({"jobs"}, query);
    if (!page) return page.error();
    json& listed = page->at("jobs");
    taken += static_cast<int>(listed.size());
    std::ranges::move(listed, std::back_inserter(found.jobs));
    query["after"] = text_of(*page, "next");
    if (query["after"].empty()) return std::nullopt;
    if (taken >= limit) {
      found.more = true;
      return std::nullopt;
    }
  }
}

/// In the order of the lists: by age, jobs of the same age by id.
void sort_by_age(std::vector<json>& jobs, bool oldest_first) {
  const auto age = [](const json& job) {
    return std::pair(parse_rfc3339(text_of(job, "created")), text_of(job, "id"));
  };
  std::ranges::sort(jobs, std::ranges::less{}, age);
  if (!oldest_first) std::ranges::reverse(jobs);
}

/// Reads up to the limit from each state, and keeps the first ones up to the limit.
boost::system::result<Found, Failure> read_jobs(Jobs& jobs, const List& command) {
  Found found;
  Query query = query_of(command);
  for (const std::string& state : command.states.empty() ? std::vector<std::string>{""} : command.states) {
    if (!state.empty()) query["state"] = state;
    if (const auto trouble = read_list(jobs, query, command.limit, found)) return *trouble;
  }
  if (command.states.size() > 1) {
    sort_by_age(found.jobs, query.contains("order"));
    const auto same_job = [](const json& a, const json& b) { return a.at("id") == b.at("id"); };
    found.jobs.erase(std::unique(found.jobs.begin(), found.jobs.end(), same_job), found.jobs.end());
  }
  if (found.jobs.size() > static_cast<std::size_t>(command.limit)) {
    found.more = true;
    found.jobs.resize(static_cast<std::size_t>(command.limit));
  }
  return found;
}

/// Sorts by the chosen column. By age they are already sorted.
void sort_shown(std::vector<json>& jobs, const List& command) {
  if (command.sort == "age") return;
  const std::string member = command.sort == "vm" ? "virtualMachine" : command.sort;
  const auto key = [&](const json& job) {
    const std::string text = fold_case(text_of(job, member));
    return command.sort == "vault" ? last_segment(text) : text;
  };
  std::ranges::stable_sort(jobs, std::ranges::less{}, key);
  if (command.reverse) std::ranges::reverse(jobs);
}

void print(const Console& console, const std::vector<json>& jobs, Instant now) {
  Table table({{"ID"},
               {"NAME", Table::Fit::cut, 20},  // people type it to name the job: other columns are cut first
               {"STATE", Table::Fit::cut, 9},
               {"%", Table::Fit::optional, 5},
               {"FOR", Table::Fit::optional, 7},  // how long it has been in this state
               {"AGE", Table::Fit::optional},
               {"VM", Table::Fit::optional},
               {"VAULT", Table::Fit::optional}});
  for (const json& job : jobs) {
    const std::string state = text_of(job, "state");
    table.add({text_of(job, "id"),
               text_of(job, "name"),
               {state, colour_of_state(state)},
               percent_text(job),
               age_text(job, "since", now),
               age_text(job, "created", now),
               text_of(job, "virtualMachine"),
               last_segment(text_of(job, "vault"))});
  }
  console.table(table);
}

void report_of_more(const Console& console, const List& command, std::size_t shown, const std::string& last) {
  const bool oldest_first = command.sort == "age" && command.reverse;
  console.note(std::string("these are the ") + (command.after.empty() ? "" : "next ") + std::to_string(shown) +
               (oldest_first ? " oldest" : " newest") + "; for the next ones add --after " + last);
}

void report_of_none(const Console& console, const List& command) {
  const bool filtered = !command.states.empty() || !command.vault.empty() || !command.vm.empty() || command.since;
  if (!command.after.empty()) return console.note("there are no more jobs");
  console.note(filtered ? "no job matches; `azrestorectl list` without filters shows the newest jobs"
                        : "there are no jobs");
}

}  // namespace

ExitCode run(Context& context, const List& asked) {
  const Console& console = context.console();
  Jobs jobs(context);
  List command = asked;
  if (!command.after.empty()) {
    const Answer last = jobs.get({"jobs", command.after});
    if (!last) return console.fail(last.error());
    command.after = text_of(*last, "id");
  }
  auto found = read_jobs(jobs, command);
  if (!found) return console.fail(found.error());
  if (found->jobs.empty()) {
    report_of_none(console, command);
    return ExitCode::done;
  }
  const std::string last = text_of(found->jobs.back(), "id");
  sort_shown(found->jobs, command);
  if (console.json()) {
    for (const json& job : found->jobs) console.result(job);
  } else {
    print(console, found->jobs, jobs.now());
  }
  if (found->more) report_of_more(console, command, found->jobs.size(), last);
  return ExitCode::done;
}

}  // namespace azrestored::cli
