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

void report_silence(DoctorContext& context, const Failure& failure, bool nobody_listens) {
  Report& report = context.report;
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

void report_version(DoctorContext& context, const json& status, Instant now) {
  const std::string version = text_of(status, "version");
  if (version == AZRESTORED_VERSION) {
    context.report.add(
        Finding::ok(daemon_subject, "azrestored " + version + " runs, up " + age_text(status, "startedAt", now)));
    return;
  }
  context.report.add(Finding::warning(
      daemon_subject, "azrestored " + version + " runs, but the installed version is " + AZRESTORED_VERSION,
      {as_root("systemctl restart azrestored")}));
}

/// Checks that the daemon uses the same settings as these checks.
void report_settings(DoctorContext& context, const json& reported) {
  const auto needs_restart = reported.at("needsRestart").get<std::vector<std::string>>();
  if (!needs_restart.empty()) {
    context.report.add(Finding::warning(
        daemon_subject,
        "azrestored has reloaded its settings, but uses these only after a restart: " + join_and(needs_restart),
        {as_root("systemctl restart azrestored")}));
  }
  const std::string file = text_of(reported, "file");
  const std::string ours = context.context.settings_file();
  std::error_code not_seen;
  if (file != ours && !std::filesystem::equivalent(file, ours, not_seen)) {
    context.report.add(Finding::warning(daemon_subject,
                                        "azrestored reads its settings from " + file + "; these checks use " + ours,
                                        {Remedy::command("azrestorectl doctor --config " + shell_word(file))}));
    return;
  }
  const auto modified_at = settings_modified_at(file);
  const std::string read_then = text_of(reported, "modifiedAt");
  if (!modified_at || read_then.empty() || to_rfc3339(*modified_at) == read_then) return;
  context.report.add(Finding::warning(daemon_subject,
                                      file + " has changed since azrestored read it (it read the version of " +
                                          read_then + ", the file is of " + to_rfc3339(*modified_at) +
                                          "); these checks use the file as it is now",
                                      {as_root("systemctl reload azrestored")}));
}

/// The daemon's sign-in can fail although ours succeeds: it has its own environment, and used the secrets of that time.
void report_sign_ins(DoctorContext& context, const json& status) {
  for (const json& profile : status.at("signIn").at("profiles")) {
    const std::string problem = text_of(profile, "problem");
    if (problem.empty()) continue;
    context.report.add(Finding::problem(
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

void report_budgets(DoctorContext& context, const json& budgets) {
  bool any = false;
  for (const json& budget : budgets) {
    const bool is_refused = !text_of(budget, "refusedUntil").empty();
    const bool is_counted = budget.at("limitPerHour").is_number();
    const bool is_short =
        is_counted && verdict_on_budget(budget.at("left").get<std::int64_t>(),
                                        budget.at("limitPerHour").get<std::int64_t>()) != CheckStatus::ok;
    if (!is_refused && !is_short) continue;
    any = true;
    context.report.add(Finding::warning(
        budget_subject, budget_text(budget),
        {Remedy::advice(
             "azrestored waits for the quota. Other programs that sign in with the same identity use the same quota."),
         as_root("azrestorectl status")}));
  }
  if (!any) context.report.add(Finding::ok(budget_subject, "enough of Azure's hourly quotas is left"));
}

}  // namespace

void check_daemon(DoctorContext& context) {
  const auto socket = context.context.socket();
  if (!socket) return;  // the settings are wrong, which has been reported
  Client client(*socket);
  const Answer status = client.get(control_target({"status"}), patience);
  if (!status) return report_silence(context, status.error(), client.nobody_listens());
  report_version(context, *status, client.now());
  if (status->contains("settings")) report_settings(context, status->at("settings"));  // absent in an older azrestored
  report_sign_ins(context, *status);
  report_budgets(context, status->at("budgets"));
}

}  // namespace azrestored::cli
