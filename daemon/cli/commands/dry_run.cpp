#include "daemon/cli/commands/dry_run.hpp"

#include <nlohmann/json.hpp>

#include "core/azure/error_catalog.hpp"
#include "daemon/cli/connect/client.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

std::string point_text(const json& point) {
  std::vector<std::string> parts{named("", member_of(point, "id")), text_of(point, "consistency")};
  if (!text_of(point, "time").empty()) parts.front() = text_of(point, "id") + " of " + short_time(point, "time");
  for (const json& tier : member_of(point, "tiers")) parts.push_back(scalar_text(tier));
  return joined(parts);
}

void add_problem(Fields& fields, const json& problem) {
  if (!problem.is_object()) return;
  const std::string code = text_of(problem, "code");
  fields.add("problem", (code.empty() ? "" : code + ": ") + text_of(problem, "message"));
  fields.add(
      "", joined({named("HTTP", member_of(problem, "httpStatus")), named("request id", member_of(problem, "requestId")),
                  named("correlation id", member_of(problem, "correlationId"))}));
  fields.add_each("", member_of(problem, "recommendations"), "- ");
  if (const ErrorAdvice* known = find_advice(code)) fields.add("advice", known->advice);
}

/// "passed", "failed", "skipped" or "notAsked". Without a recovery point there was no pre-flight.
const char* preflight_of(const JobFile& file, const json& tried) {
  if (file.spec->validation != Validation::service) return "notAsked";
  if (!tried.value("ok", false)) return member_of(tried, "recoveryPoint").is_null() ? "notAsked" : "failed";
  for (const json& warning : member_of(tried, "warnings")) {
    if (scalar_text(warning).starts_with("no pre-flight: ")) return "skipped";
  }
  return "passed";
}

std::string preflight_text(const std::string& verdict) {
  if (verdict == "passed") return "passed: Azure would accept the request";
  if (verdict == "failed") return "failed, see the problem";
  return verdict == "skipped" ? "no verdict from Azure, see the warning" : "not asked";
}

std::string tried_text(const JobFile& file, const json& tried) {
  Fields fields;
  const json& item = member_of(tried, "protectedItem");
  fields.add("VM", text_of(item, "sourceResourceId"));
  fields.add("protected item", text_of(item, "item"));
  fields.add("recovery point", point_text(member_of(tried, "recoveryPoint")));
  fields.add("region", text_of(tried, "region"));
  fields.add("pre-flight", preflight_text(text_of(tried, "preflight")));
  fields.add_each("warning", member_of(tried, "warnings"));
  add_problem(fields, member_of(tried, "problem"));
  const json& request = member_of(tried, "request");
  const bool is_ok = tried.value("ok", false);
  std::string text = harmless(file.path) + (is_ok ? ": would be sent; nothing was started\n" : ": would not be sent\n");
  text += fields.text();
  if (!request.is_object()) return text;
  text += "\n" + harmless(text_of(request, "method") + " " + text_of(request, "url")) + "\n";
  return text + member_of(request, "body").dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

/// The code for what prevents a submit: permissions, something that does not exist, or another problem.
ExitCode code_of(const json& tried) {
  if (tried.value("ok", false)) return ExitCode::done;
  const json& problem = member_of(tried, "problem");
  const ErrorAdvice* known = find_advice(text_of(problem, "code"));
  const json& status = member_of(problem, "httpStatus");
  if (status == 401 || status == 403 || (known != nullptr && known->kind == ErrorClass::fix_rights))
    return ExitCode::not_authorised;
  if (status == 404 || (known != nullptr && known->kind == ErrorClass::gone)) return ExitCode::not_found;
  return ExitCode::failed;
}

/// The code for several files.
ExitCode merged(ExitCode so_far, ExitCode code) {
  if (so_far == ExitCode::done || code == ExitCode::done) return so_far == ExitCode::done ? code : so_far;
  return so_far == code ? code : ExitCode::failed;
}

ExitCode try_file(const Console& console, Client& client, const JobFile& file) {
  if (file.text.size() > max_control_body_bytes) {
    return console.fail({"badJobFile", file.path + " has " + std::to_string(file.text.size()) +
                                           " bytes; a dry run accepts at most " +
                                           std::to_string(max_control_body_bytes) +
                                           ": submit it without --dry-run, or remove what is not needed"});
  }
  Answer tried = client.post(control_target({"dry-run"}), file.text, long_patience);
  if (!tried) return console.fail({tried.error().code(), file.path + ": " + tried.error().message()});
  (*tried)["preflight"] = preflight_of(file, *tried);
  if (console.json()) {
    (*tried)["file"] = file.path;
    console.result(*tried);
  } else {
    console.text(tried_text(file, *tried));
  }
  return code_of(*tried);
}

}  // namespace

ExitCode try_job_files(Context& context, const std::vector<JobFile>& files) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  Client client(*socket);
  ExitCode code = ExitCode::done;
  for (const JobFile& file : files) code = merged(code, try_file(console, client, file));
  return code;
}

}  // namespace azrestored::cli
