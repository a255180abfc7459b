// azrestorectl status: the daemon's version, sign-in, quotas and jobs. If it does not run: the number of jobs in each
// state from its database, and code 9.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

/// Rows of label and value. A member that the daemon does not report has no row.
class StatusTable {
 public:
  void add(const std::string& label, const std::string& value, Colour colour = Colour::none) {
    if (!value.empty()) rows_.push_back({harmless(label), harmless(value), colour});
  }

  /// Values are broken between words at `width` columns (0: never).
  [[nodiscard]] std::string text(std::size_t width, bool colours) const {
    std::size_t indent = 0;
    for (const Row& row : rows_) indent = std::max(indent, text_width(row.label) + 2);
    std::string text;
    for (const Row& row : rows_) {
      const std::string value = wrapped(row.value, width, indent);
      text += padded(row.label, indent) + (colours ? coloured(value, row.colour) : value) + "\n";
    }
    return text;
  }

 private:
  struct Row {
    std::string label;
    std::string value;
    Colour colour = Colour::none;
  };
  std::vector<Row> rows_;
};

std::string count_of(const nlohmann::json& count, const std::string& thing) {
  return count.dump() + " " + thing + (count == 1 ? "" : "s");
}

/// A row for each profile, with its name if there are several.
void add_sign_ins(StatusTable& rows, const nlohmann::json& profiles) {
  for (const auto& profile : profiles) {
    const std::string problem = text_of(profile, "problem");
    const std::string label = profiles.size() == 1 ? "sign-in" : "sign-in " + text_of(profile, "name");
    rows.add(label, problem.empty() ? "ok" : problem, problem.empty() ? Colour::green : Colour::red);
  }
}

/// "vaults/backupJobs/read: 12 of 150 an hour left, 3 wait", for each action that Azure counts or refuses, or that
/// requests wait for.
void add_budgets(StatusTable& rows, const nlohmann::json& budgets) {
  for (const auto& budget : budgets) {
    const auto waiting = budget.at("waiting").get<int>();
    const std::string refused_until = text_of(budget, "refusedUntil");
    const bool counted = !budget.at("limitPerHour").is_null();
    if (!counted && waiting == 0 && refused_until.empty()) continue;
    const std::string action = text_of(budget, "action");
    std::string reported = action.substr(action.find('/') + 1) + ":";
    if (counted)
      reported += " " + budget.at("left").dump() + " of " + budget.at("limitPerHour").dump() + " an hour left,";
    if (waiting > 0) reported += " " + std::to_string(waiting) + (waiting == 1 ? " waits," : " wait,");
    if (!refused_until.empty()) reported += " refused until " + refused_until + ",";
    reported += " subscription " + text_of(budget, "subscription");
    rows.add("quota", reported, refused_until.empty() ? Colour::none : Colour::yellow);
  }
}

void add_settings(StatusTable& rows, const nlohmann::json& settings) {
  const auto needs_restart = settings.at("needsRestart").get<std::vector<std::string>>();
  const std::string file = text_of(settings, "file");
  if (needs_restart.empty()) return rows.add("settings", file);
  rows.add("settings", file + "; used only after a restart: " + join_and(needs_restart), Colour::yellow);
}

void add_daemon(StatusTable& rows, const nlohmann::json& status, Instant now) {
  rows.add("azrestored", "version " + text_of(status, "version") + ", process " + status.at("pid").dump() + ", up " +
                             age_text(status, "startedAt", now));
  if (status.contains("settings"))
    add_settings(rows, status.at("settings"));  // an older azrestored does not report them
  rows.add("active jobs", status.at("active").dump());
  for (const char* member : {"arm", "store"}) rows.add(member, text_of(status, member));
  const auto& spool = status.at("spool");
  rows.add("spool", text_of(spool, "directory") + ": " + count_of(spool.at("accepted"), "file") + " accepted, " +
                        spool.at("rejected").dump() + " rejected, " + spool.at("leftAlone").dump() + " left alone");
  add_sign_ins(rows, status.at("signIn").at("profiles"));
  add_budgets(rows, status.at("budgets"));
}

void add_jobs(StatusTable& rows, const nlohmann::json& status) {
  for (const auto& [state, count] : status.at("jobs").items()) rows.add(state, count.dump(), colour_of_state(state));
}

}  // namespace

ExitCode run(Context& context, const Status&) {
  const Console& console = context.console();
  Jobs jobs(context);
  Answer status = jobs.get({"status"});
  if (!status) return console.fail(status.error());
  if (jobs.are_offline()) {
    // The routes report their own process, which is this one.
    status->erase("pid");
    status->erase("version");
  }
  if (console.json()) {
    console.result(*status);
  } else {
    StatusTable rows;
    if (!jobs.are_offline()) add_daemon(rows, *status, jobs.now());
    add_jobs(rows, *status);
    console.text(rows.text(output_width(), wants_colour()));
  }
  return jobs.are_offline() ? ExitCode::unreachable : ExitCode::done;
}

}  // namespace azrestored::cli
