#include "tests/sim/model_azure.hpp"
#include "core/wire/requests.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace azrestored::sim {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string endpoint = "https://management.example";

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string path_of(const HttpRequest& request) {
  const std::string path = request.url.substr(endpoint.size());
  return path.substr(0, path.find('?'));
}

std::string last_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

/// The text between `before` and the next `end`; "" if there is none.
std::string between(std::string_view text, std::string_view before, std::string_view end) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return "";
  const auto rest = text.substr(at + before.size());
  return std::string(rest.substr(0, rest.find(end)));
}

/// The name of the first vault in the text.
std::string vault_in(std::string_view text) {
  const auto at = text.find("/vaults/");
  if (at == std::string_view::npos) return "";
  const auto rest = text.substr(at + 8);
  return std::string(rest.substr(0, rest.find_first_of("/\"?")));
}

std::string header_of(const HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "";
}

int number_at(std::string_view text, std::size_t at, std::size_t size) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + size, number);
  return number;
}

/// A limit of the list's time window, "2026-11-22 01:02:03 PM" (azure-backup-api.md 2.2), percent-encoded.
Instant bound_of(const std::string& url, std::string_view name) {
  using namespace std::chrono;
  const std::string text = between(url, std::string(name) + "%20eq%20%27", "%27");
  if (text.size() != 30) throw std::logic_error("no window in " + url);
  const year_month_day date(year(number_at(text, 0, 4)), month(static_cast<unsigned>(number_at(text, 5, 2))),
                            day(static_cast<unsigned>(number_at(text, 8, 2))));
  const int hour = number_at(text, 13, 2) % 12 + (has(text, "PM") ? 12 : 0);
  return sys_days(date) + hours(hour) + minutes(number_at(text, 18, 2)) + seconds(number_at(text, 23, 2));
}

HttpResponse answer(int status, std::string body = "", Headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

std::string job_json(const ModelRestore& restore, Instant now) {
  const std::string status = restore.status(now);
  std::string body = R"({"name":")" + restore.job_id + R"(","properties":{"activityId":")" + restore.request_id +
                     R"(","entityFriendlyName":")" + restore.vm + R"(","operation":"Restore","status":")" + status +
                     "\"";
  if (status == "Failed")
    body += R"(,"errorDetails":[{"errorCode":1,"errorTitle":"SimulatedFailure","errorString":"No."}])";
  if (restore.from_archive) {
    const bool back = now >= restore.starts_at + (restore.ends_at - restore.starts_at) / 2;
    body += R"(,"extendedInfo":{"tasksList":[{"taskId":"Rehydrate recovery point","status":")";
    body += back ? R"(Completed"},{"taskId":"Transfer data from vault","status":"InProgress"}]})" : R"(InProgress"}]})";
  }
  return body + "}}";
}

std::string item_json(const std::string& vm) {
  const std::string name = "iaasvmcontainerv2;rg;" + vm;
  return R"({"id":"/vaults/v/backupFabrics/Azure/protectionContainers/IaasVMContainer;)" + name +
         "/protectedItems/VM;" + name + R"(","properties":{"friendlyName":")" + vm +
         R"(","sourceResourceId":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/)" +
         vm + "\"}}";
}

std::string items_json() {
  std::string rows;
  for (int vm = 0; vm < 4; ++vm) rows += (vm == 0 ? "" : ",") + item_json("vm" + std::to_string(vm));
  return R"({"value":[)" + rows + "]}";
}

/// vm3 has backups in the archive only.
std::string point_json(bool archived) {
  const std::string tier = archived ? "ArchivedRP" : "HardenedRP";
  return R"({"name":"1","properties":{"recoveryPointTime":"2026-01-19T00:00:00Z","recoveryPointType":"AppConsistent",)"
         R"("recoveryPointTierDetails":[{"type":")" +
         tier + R"(","status":"Valid"}]}})";
}

/// The vault "guarded" has a Resource Guard, "open" has none, and the settings of other vaults do not show it.
std::string vault_json(const std::string& name) {
  std::string body = R"({"location":"westus","properties":{)";
  if (name == "guarded") body += R"("securitySettings":{"multiUserAuthorization":"Enabled"})";
  if (name == "open") body += R"("securitySettings":{"multiUserAuthorization":"Disabled"})";
  return body + "}}";
}

/// The restore belongs to this vault; its own request does not name the vault.
std::string access_json(const std::string& vault) {
  return R"({"properties":{"accessTokenString":")" + std::string(secret_word) + R"(","id":"/vaults/)" + vault +
         R"(/"}})";
}

std::string guards_json(const std::string& vault) {
  if (vault != "guarded") return R"({"value":[]})";
  return R"({"value":[{"properties":{"resourceGuardOperationDetails":[{"vaultCriticalOperation":)"
         R"("Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/)"
         R"(protectedItems/recoveryPoints/restore/action",)"
         R"("defaultResourceRequest":"/subscriptions/g/guard/triggerRestoreRequests/default"}]}}]})";
}

}  // namespace

std::string ModelRestore::status(Instant now) const {
  if (cancelled_at) return now >= *cancelled_at + minutes(1) ? "Cancelled" : "Cancelling";
  return now < ends_at ? "InProgress" : result;
}

ModelAzure::ModelAzure(Chance& chance, Weather& weather, Invariants& invariants,
                       std::function<int(const std::string&)> attempt_of)
    : chance_(chance),
      weather_(weather),
      invariants_(invariants),
      current_attempt_(std::move(attempt_of)),
      page_size_(static_cast<std::size_t>(1 + chance.below(6))) {}

std::variant<HttpResponse, TransportFailure> ModelAzure::serve(const HttpRequest& request, Instant now) {
  ++requests_;
  if (weather_.on && chance_.one_in(weather_.token_dies_one_in)) ++token_;
  const std::string shown = between(header_of(request, "Authorization") + " ", "-", " ");
  if (number_at(shown, 0, shown.size()) < token_) return error_answer(401, "ExpiredAuthenticationToken");
  const std::string path = path_of(request);
  const bool is_restore = path.ends_with("/restore") || path.ends_with("/backupCrossRegionRestore");
  if (is_restore) return post_restore(request, now);
  if (weather_.on && weather_.fault_one_in > 0 && chance_.one_in(weather_.fault_one_in)) {
    bool arrived = false;
    auto disturbed = disturbance(chance_, now, arrived);
    if (arrived) route(request, now);
    return disturbed;
  }
  return route(request, now);
}

HttpResponse ModelAzure::route(const HttpRequest& request, Instant now) {
  static const std::string items = items_json();
  const std::string path = path_of(request);
  const std::string vault = vault_in(path);
  if (has(path, "/operationsStatus/")) return operation(path, now);
  if (has(path, "/cancelResults/")) return chance_.one_in(2) ? answer(202) : answer(204);
  if (has(path, "/cancel")) return cancel(path, now);
  if (has(path, "/backupJobs/")) return job(last_of(path), false, now);
  if (has(path, "/backupJobs")) return jobs(request, false, now);
  if (has(path, "/backupCrrJobs")) return jobs(request, true, now);
  if (has(path, "/backupCrrJob")) return job(between(request.body, R"("jobName":")", "\""), true, now);
  if (has(path, "/backupResourceGuardProxies")) return answer(200, guards_json(vault));
  if (has(path, "ValidateOperation") || has(path, "/backupValidateOperations")) return preflight(path);
  if (has(path, "/backupAadProperties")) return answer(200, R"({"properties":{"tenantId":"t"}})");
  if (has(path, "/accessToken")) return answer(200, access_json(vault));
  if (has(path, "/backupProtectedItems")) return answer(200, items);
  if (has(path, "/recoveryPoints/")) return answer(200, point_json(has(path, "vm3")));
  if (has(path, "/recoveryPoints"))
    return answer(200, R"({"value":[)" + point_json(has(path, "vm3")) + R"(],"nextLink":null})");
  return answer(200, vault_json(vault));
}

std::variant<HttpResponse, TransportFailure> ModelAzure::post_restore(const HttpRequest& request, Instant now) {
  const PostFate fate = weather_.next_post(chance_);
  const std::string job = between(request.body, "/storageAccounts/", "\"");
  const bool clear = fate <= PostFate::refused_400;
  if (!clear) ++attempt_of(job).unclear;
  if (!is_without_effect(fate)) {
    const bool late = !clear && fate != PostFate::url_lost;
    const Instant at = late ? now + chance_.between(Millis(0), weather_.longest_effect) : now;
    HttpResponse accepted = start(request, at, fate == PostFate::operation_fails);
    if (fate == PostFate::accepted || fate == PostFate::operation_fails) return accepted;
  }
  switch (fate) {
    case PostFate::not_connected:
      return TransportFailure{"the connection was refused", false};
    case PostFate::throttled:
      return throttled(chance_, now);
    case PostFate::conflict_409:
      return error_answer(409, "RetryableErrorDueToAnotherOperation");
    case PostFate::unauthorized_401:
      return error_answer(401, "InvalidAuthenticationToken");
    case PostFate::refused_400:
      ++attempt_of(job).refusals;
      return error_answer(400, "UserErrorSimulated");
    case PostFate::timeout_408_without_effect:
      return error_answer(408, "RequestTimeout");
    case PostFate::timeout_504:
      return error_answer(504, "GatewayTimeout");
    case PostFate::bad_gateway_502:
      return error_answer(502, "BadGateway");
    case PostFate::error_500:
      return error_answer(500, "RestApiInternalError");
    case PostFate::busy_503:
      return error_answer(503, "ServerTimeout");
    case PostFate::url_lost:
      return answer(202);
    default:
      return TransportFailure{"the connection was reset", true};
  }
}

HttpResponse ModelAzure::start(const HttpRequest& request, Instant starts_at, bool stillborn) {
  ModelRestore restore;
  restore.stillborn = stillborn;
  restore.cross_region = has(path_of(request), "/backupCrossRegionRestore");
  restore.vault = vault_in(request.body + request.url);
  restore.job = between(request.body, "/storageAccounts/", "\"");
  restore.attempt = current_attempt_(restore.job);
  restore.request_id = header_of(request, "x-ms-client-request-id");
  restore.vm = between(request.body, "/virtualMachines/", "\"");
  restore.from_archive = has(request.body, "recoveryPointRehydrationInfo");
  restore.job_id = chance_.uuid();
  restore.operation_id = chance_.uuid();
  restore.starts_at = starts_at;
  restore.operation_visible_at = starts_at + (weather_.on ? chance_.between(Millis(0), seconds(20)) : Millis(0));
  restore.operation_done_at = restore.operation_visible_at + chance_.between(Millis(0), seconds(30));
  restore.listed_at =
      restore.operation_done_at + (weather_.on ? chance_.between(Millis(0), weather_.longest_list_lag) : Millis(0));
  const Millis at_most = chance_.one_in(8) ? longest : std::max<Millis>(shortest, longest / 8);
  restore.ends_at = restore.operation_done_at + chance_.between(shortest, at_most);
  static constexpr std::array<const char*, 4> ends = {"Completed", "Completed", "CompletedWithWarnings", "Failed"};
  restore.result = results.empty() ? ends[static_cast<std::size_t>(chance_.below(4))] : results.front();
  if (!results.empty()) results.pop_front();
  restore.operation_lost = weather_.on && !stillborn && chance_.one_in(8);
  TrueAttempt& attempt = attempt_of(restore.job);
  if (stillborn) {
    ++attempt.refusals;
  } else {
    attempt.restores.push_back({restore.result});
    invariants_.started(restore.job, static_cast<int>(attempt.restores.size()));
  }
  const std::string url = endpoint + "/x/operationsStatus/" + restore.operation_id;
  restores_.push_back(std::move(restore));
  Headers headers = {{"Azure-AsyncOperation", url}};
  if (chance_.one_in(2)) headers.emplace_back("Retry-After", std::to_string(chance_.below(60)));
  return answer(202, "", std::move(headers));
}

/// A requested pre-flight may never return a result. If it does, it found no problem.
HttpResponse ModelAzure::preflight(const std::string& path) {
  if (has(path, "/backupTriggerValidateOperation"))
    return answer(202, "", {{"Azure-AsyncOperation", endpoint + "/x/backupValidateOperationsStatuses/1"}});
  if (weather_.on && chance_.one_in(5)) return error_answer(404, "NotFound");
  return answer(200, chance_.one_in(2) ? R"({"status":"InProgress"})"
                                       : R"({"status":"Succeeded","properties":{"validateOperationResponse":{}}})");
}

HttpResponse ModelAzure::operation(const std::string& path, Instant now) {
  for (const ModelRestore& restore : restores_) {
    if (restore.operation_id != last_of(path)) continue;
    if (restore.operation_lost && chance_.one_in(2)) return answer(204);
    if (restore.operation_lost || now < restore.operation_visible_at) break;
    if (now < restore.operation_done_at)
      return answer(200, chance_.one_in(3) ? R"({"status":"Rechecking"})" : R"({"status":"InProgress"})");
    if (restore.stillborn)
      return answer(200, R"({"status":"Failed","error":{"code":"UserErrorSimulated","message":"No."}})");
    return answer(200, R"({"status":"Succeeded","properties":{"jobId":")" + restore.job_id + R"("}})");
  }
  return error_answer(404, "NotFound");
}

/// One page of the list. The list may move between two pages: then the last row of one page is also the first row of
/// the next.
HttpResponse ModelAzure::jobs(const HttpRequest& request, bool cross_region, Instant now) {
  const std::string vault = vault_in(request.body + request.url);
  const Instant from = bound_of(request.url, "startTime");
  const Instant to = bound_of(request.url, "endTime");
  const std::string link = between(request.url + "&", "skip=", "&");
  const auto skip = static_cast<std::size_t>(number_at(link, 0, link.size()));
  std::size_t position = 0;
  std::string rows;
  std::string next;
  for (auto each = restores_.rbegin(); each != restores_.rend() && next.empty(); ++each) {
    const bool in_window = each->starts_at >= from && each->starts_at <= to && now >= each->listed_at;
    if (each->stillborn || each->cross_region != cross_region || each->vault != vault || !in_window) continue;
    if (position >= skip + page_size_) {
      const std::string base = request.url.substr(0, request.url.find("&skip="));
      const bool has_moved = weather_.on && page_size_ > 1 && chance_.one_in(4);
      next = R"(,"nextLink":")" + base + "&skip=" + std::to_string(has_moved ? position - 1 : position) + "\"";
    } else if (position++ >= skip) {
      rows += (rows.empty() ? "" : ",") + job_json(*each, now);
    }
  }
  return answer(200, R"({"value":[)" + rows + "]" + next + "}", {{"Date", http_date(now)}});
}

HttpResponse ModelAzure::job(const std::string& id, bool cross_region, Instant now) {
  for (const ModelRestore& restore : restores_) {
    const bool is_it = restore.job_id == id && restore.cross_region == cross_region && !restore.stillborn;
    if (is_it && now >= restore.operation_done_at) return answer(200, job_json(restore, now));
  }
  return error_answer(404, "NotFound");
}

HttpResponse ModelAzure::cancel(const std::string& path, Instant now) {
  for (ModelRestore& restore : restores_) {
    if (restore.cross_region || !has(path, restore.job_id)) continue;
    if (now >= restore.ends_at || (weather_.on && chance_.one_in(3))) return error_answer(400, "NotCancellable");
    if (!restore.cancelled_at) restore.cancelled_at = now;
    const bool has_location = chance_.one_in(2);
    return answer(202, "", has_location ? Headers{{"Location", endpoint + "/x/cancelResults/1"}} : Headers{});
  }
  return error_answer(404, "NotFound");
}

TrueAttempt& ModelAzure::attempt_of(const std::string& job) {
  auto& attempts = attempts_[job];
  const auto number = static_cast<std::size_t>(current_attempt_(job));
  if (attempts.size() <= number) attempts.resize(number + 1);
  return attempts[number];
}

std::vector<TrueAttempt> ModelAzure::attempts(const std::string& job, std::size_t count) const {
  const auto found = attempts_.find(job);
  std::vector<TrueAttempt> truth = found == attempts_.end() ? std::vector<TrueAttempt>() : found->second;
  if (truth.size() < count) truth.resize(count);
  for (TrueAttempt& attempt : truth) attempt.restores.clear();
  for (const ModelRestore& restore : restores_) {
    const bool is_one = restore.job == job && !restore.stillborn;
    if (is_one)
      truth.at(static_cast<std::size_t>(restore.attempt)).restores.push_back({restore.status(Instant::max())});
  }
  return truth;
}

}  // namespace azrestored::sim
