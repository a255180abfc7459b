// doctor: what only the running daemon can report.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "daemon/cli/connect/client.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/doctor/checks.hpp"
#include "daemon/cli/doctor/limits.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

constexpr const char* daemon_subject = "daemon";
constexpr const char* budget_subject = "budget";
/// The daemon answers this from memory.
constexpr std::chrono::seconds patience{5};

Remedy journal() {
  return as_root("journalctl -u azrestored -n 50");
}

void tell_silence(Checkup& checkup, const Failure& failure, bool nobody_listens) {
  Report& report = checkup.report;
  if (exit_code_of_error(failure.code()) == ExitCode::not_authorised) {
    report.add(Finding::not_checked(daemon_subject, failure.message(), {again_as_root()}));
  } else if (failure.code() == "unreachable") {
    std::vector<Remedy> remedies = {as_root("systemctl status azrestored"), journal()};
    if (!nobody_listens) remedies.push_back(as_root("systemctl restart azrestored"));
    report.add(Finding::problem(daemon_subject, ExitCode::unreachable, failure.message(), std::move(remedies)));
  } else {
    report.add(Finding::problem(daemon_subject, ExitCode::failed, failure.message(), {}));
  }
  report.add(Finding::not_checked(budget_subject, "only the running daemon knows what is left of Azure's quotas"));
}

void tell_version(Checkup& checkup, const json& status, Instant now) {
  const std::string version = text_of(status, "version");
  if (version == AZRESTORED_VERSION) {
    checkup.report.add(
        Finding::ok(daemon_subject, "azrestored " + version + " runs, up " + age_text(status, "startedAt", now)));
    return;
  }
  checkup.report.add(Finding::warning(
      daemon_subject, "azrestored " + version + " runs, but the installed version is " + AZRESTORED_VERSION,
      {as_root("systemctl restart azrestored")}));
}

/// Checks that the daemon uses the same settings as these checks.
void tell_settings(Checkup& checkup, const json& told) {
  const auto needs_restart = told.at("needsRestart").get<std::vector<std::string>>();
  if (!needs_restart.empty()) {
    checkup.report.add(Finding::warning(
        daemon_subject,
        "azrestored has reloaded its settings, but uses these only after a restart: " + join_and(needs_restart),
        {as_root("systemctl restart azrestored")}));
  }
  const std::string file = text_of(told, "file");
  const std::string ours = checkup.context.settings_file();
  std::error_code not_seen;
  if (file != ours && !std::filesystem::equivalent(file, ours, not_seen)) {
    checkup.report.add(Finding::warning(daemon_subject,
                                        "azrestored reads its settings from " + file + "; these checks use " + ours,
                                        {Remedy::command("azrestorectl doctor --config " + shell_word(file))}));
    return;
  }
  const auto modified_at = settings_modified_at(file);
  const std::string read_then = text_of(told, "modifiedAt");
  if (!modified_at || read_then.empty() || to_rfc3339(*modified_at) == read_then) return;
  checkup.report.add(Finding::warning(daemon_subject,
                                      file + " has changed since azrestored read it (it read the version of " +
                                          read_then + ", the file is of " + to_rfc3339(*modified_at) +
                                          "); these checks use the file as it is now",
                                      {as_root("systemctl reload azrestored")}));
}

/// The daemon's sign-in can fail although ours succeeds: it has its own environment, and used the secrets of that time.
void tell_sign_ins(Checkup& checkup, const json& status) {
  for (const json& profile : status.at("signIn").at("profiles")) {
    const std::string problem = text_of(profile, "problem");
    if (problem.empty()) continue;
    checkup.report.add(Finding::problem(
        daemon_subject, ExitCode::not_authorised,
        "azrestored, with profile " + text_of(profile, "name") + ": " + problem,
        {Remedy::advice("It retries within minutes. The check sign-in below shows the result of signing in now.")}));
  }
}

/// "vaults/backupJobs/read of subscription S: 3 of 150 an hour left"
std::string budget_text(const json& budget) {
  std::string text = text_of(budget, "action") + " of subscription " + text_of(budget, "subscription") + ": ";
  const std::string refused_until = text_of(budget, "refusedUntil");
  if (!refused_until.empty()) return text + "Azure refuses it until " + refused_until;
  return text + budget.at("left").dump() + " of " + budget.at("limitPerHour").dump() + " an hour left";
}

void tell_budgets(Checkup& checkup, const json& budgets) {
  bool any = false;
  for (const json& budget : budgets) {
    const bool is_refused = !text_of(budget, "refusedUntil").empty();
    const bool is_counted = budget.at("limitPerHour").is_number();
    const bool is_short = is_counted && verdict_on_budget(budget.at("left").get<std::int64_t>(),
                                                          budget.at("limitPerHour").get<std::int64_t>()) != Verdict::ok;
    if (!is_refused && !is_short) continue;
    any = true;
    checkup.report.add(Finding::warning(
        budget_subject, budget_text(budget),
        {Remedy::advice(
             "azrestored waits for the quota. Other programs that sign in with the same identity use the same quota."),
         as_root("azrestorectl status")}));
  }
  if (!any) checkup.report.add(Finding::ok(budget_subject, "enough of Azure's hourly quotas is left"));
}

}  // namespace

void check_daemon(Checkup& checkup) {
  const auto socket = checkup.context.socket();
  if (!socket) return;  // the settings are wrong, which has been reported
  Client client(*socket);
  const Answer status = client.get(control_target({"status"}), patience);
  if (!status) return tell_silence(checkup, status.error(), client.nobody_listens());
  tell_version(checkup, *status, client.now());
  if (status->contains("settings")) tell_settings(checkup, status->at("settings"));  // absent in an older azrestored
  tell_sign_ins(checkup, *status);
  tell_budgets(checkup, status->at("budgets"));
}

}  // namespace azrestored::cli
