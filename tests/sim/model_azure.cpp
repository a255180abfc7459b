#include "tests/sim/model_azure.hpp"

#include <nlohmann/json.hpp>

namespace azrestored::sim {
namespace {

using nlohmann::json;

const std::string endpoint = "https://management.example";

HttpResponse answer(int status, const json& body = nullptr, Headers headers = {}) {
  return {status, std::move(headers), body.is_null() ? "" : body.dump()};
}

HttpResponse error(int status, const std::string& code) {
  return answer(status, {{"error", {{"code", code}, {"message", "Simulated."}}}});
}

std::string path_of(const HttpRequest& request) {
  const std::string path = request.url.substr(endpoint.size());
  return path.substr(0, path.find('?'));
}

std::string last_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string header_of(const HttpRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "";
}

std::string status_of(const ModelRestore& restore, Instant now) {
  if (restore.cancelled) return "Cancelled";
  return now < restore.ends_at ? "InProgress" : restore.result;
}

json job_json(const ModelRestore& restore, Instant now) {
  json properties = {{"activityId", restore.request_id},
                     {"entityFriendlyName", restore.vm},
                     {"operation", "Restore"},
                     {"status", status_of(restore, now)}};
  if (restore.result == "Failed" && now >= restore.ends_at) {
    properties["errorDetails"] =
        json::array({{{"errorCode", 1}, {"errorTitle", "SimulatedFailure"}, {"errorString", "No."}}});
  }
  return {{"name", restore.job_id}, {"properties", properties}};
}

json item_json(const std::string& vm) {
  const std::string name = "iaasvmcontainerv2;rg;" + vm;
  return {
      {"id",
       "/vaults/v/backupFabrics/Azure/protectionContainers/IaasVMContainer;" + name + "/protectedItems/VM;" + name},
      {"properties",
       {{"friendlyName", vm},
        {"sourceResourceId", "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/" + vm}}}};
}

}  // namespace

std::variant<HttpResponse, TransportFailure> ModelAzure::serve(const HttpRequest& request, Instant now) {
  const std::string path = path_of(request);
  if (has(path, "/restore") || has(path, "/backupCrossRegionRestore")) return post_restore(request, now);
  if (trouble_.on && chance_.one_in(6)) {
    switch (chance_.below(6)) {
      case 0:
        return TransportFailure{"refused", false};
      case 1:
        return TransportFailure{"reset", true};
      case 2:
        return HttpResponse{429, {{"Retry-After", "7"}}, ""};
      case 3:
        return error(500, "InternalServerError");
      case 4:
        return HttpResponse{200, {}, "{\"value\": ["};
      default:
        return error(504, "GatewayTimeout");
    }
  }
  return route(request, now);
}

HttpResponse ModelAzure::route(const HttpRequest& request, Instant now) {
  const std::string path = path_of(request);
  if (has(path, "/operationsStatus/")) return operation(path, now);
  if (has(path, "/cancel")) return cancel(path, now);
  if (has(path, "/backupJobs/")) return job(last_of(path), false, now);
  if (has(path, "/backupJobs")) return jobs(false, now);
  if (has(path, "/backupCrrJobs")) return jobs(true, now);
  if (has(path, "/backupCrrJob")) return job(json::parse(request.body).at("jobName"), true, now);
  if (has(path, "/backupResourceGuardProxies")) return answer(200, {{"value", json::array()}});
  if (has(path, "ValidateOperation")) return preflight(path);
  if (has(path, "/backupAadProperties")) return answer(200, {{"properties", {{"tenantId", "t"}}}});
  if (has(path, "/accessToken")) return answer(200, {{"properties", {{"accessTokenString", "secret"}}}});
  if (has(path, "/backupProtectedItems")) {
    json value = json::array();
    for (int vm = 0; vm < 8; ++vm) value.push_back(item_json("vm" + std::to_string(vm)));
    return answer(200, {{"value", value}});
  }
  if (has(path, "/recoveryPoints")) {
    const json point = {
        {"name", "1"},
        {"properties", {{"recoveryPointTime", "2026-11-19T00:00:00Z"}, {"recoveryPointType", "AppConsistent"}}}};
    if (has(path, "/recoveryPoints/")) return answer(200, point);
    return answer(200, {{"value", json::array({point})}, {"nextLink", nullptr}});
  }
  return answer(200, {{"location", "westus"}});  // the vault
}

std::variant<HttpResponse, TransportFailure> ModelAzure::post_restore(const HttpRequest& request, Instant now) {
  if (!trouble_.on || chance_.one_in(2)) return start(request, now);
  const Instant later = now + chance_.between(Millis(0), trouble_.longest_effect);
  switch (chance_.below(8)) {
    case 0:
      return TransportFailure{"refused", false};
    case 1:
      return HttpResponse{429, {}, ""};
    case 2:
      return error(503, "ServerTimeout");  // without effect
    case 3:
      return TransportFailure{"reset", true};  // without effect
    case 4:
      start(request, later);
      return error(504, "GatewayTimeout");
    case 5:
      start(request, later);
      return TransportFailure{"no answer", true};
    case 6:
      start(request, now);
      return HttpResponse{202, {}, ""};  // the operation's URL was lost on the way
    default:
      start(request, later);
      return error(500, "RestApiInternalError");
  }
}

/// Asked for, it may never answer; what it finds is good.
HttpResponse ModelAzure::preflight(const std::string& path) {
  if (has(path, "/backupTriggerValidateOperation"))
    return answer(202, nullptr, {{"Azure-AsyncOperation", endpoint + "/x/backupValidateOperationsStatuses/1"}});
  if (trouble_.on && chance_.one_in(5)) return error(404, "NotFound");
  return answer(200, {{"status", chance_.one_in(2) ? "InProgress" : "Succeeded"}});
}

HttpResponse ModelAzure::start(const HttpRequest& request, Instant starts_at) {
  ModelRestore restore;
  restore.cross_region = has(path_of(request), "/backupCrossRegionRestore");
  restore.request_id = header_of(request, "x-ms-client-request-id");
  const json body = json::parse(request.body);
  restore.vm = last_of(
      body.at(restore.cross_region ? "restoreRequest" : "properties").at("sourceResourceId").get<std::string>());
  restore.job_id = chance_.uuid();
  restore.operation_id = chance_.uuid();
  restore.starts_at = starts_at;
  restore.operation_done_at = starts_at + chance_.between(Millis(0), std::chrono::seconds(30));
  restore.listed_at =
      restore.operation_done_at + (trouble_.on ? chance_.between(Millis(0), trouble_.longest_list_lag) : Millis(0));
  restore.ends_at = restore.operation_done_at + chance_.between(std::chrono::seconds(1), std::chrono::hours(2));
  const char* results[] = {"Completed", "Completed", "CompletedWithWarnings", "Failed"};
  restore.result = results[chance_.below(4)];
  restore.operation_lost = trouble_.on && chance_.one_in(8);
  restores_.push_back(restore);
  const std::string url = endpoint + "/x/operationsStatus/" + restore.operation_id;
  return answer(202, nullptr, {{"Azure-AsyncOperation", url}, {"Retry-After", std::to_string(chance_.below(60))}});
}

HttpResponse ModelAzure::operation(const std::string& path, Instant now) {
  for (const ModelRestore& restore : restores_) {
    if (restore.operation_id != last_of(path)) continue;
    if (restore.operation_lost) return chance_.one_in(2) ? error(404, "NotFound") : answer(204);
    if (now < restore.operation_done_at)
      return answer(200, {{"status", chance_.one_in(3) ? "Zwischenstand" : "InProgress"}});
    return answer(200, {{"status", "Succeeded"}, {"properties", {{"jobId", restore.job_id}}}});
  }
  return error(404, "NotFound");
}

HttpResponse ModelAzure::jobs(bool cross_region, Instant now) {
  json value = json::array();
  for (const ModelRestore& restore : restores_) {
    if (restore.cross_region == cross_region && now >= restore.listed_at) value.push_back(job_json(restore, now));
  }
  return answer(200, {{"value", value}});
}

HttpResponse ModelAzure::job(const std::string& id, bool cross_region, Instant now) {
  for (const ModelRestore& restore : restores_) {
    const bool is_it = restore.job_id == id && restore.cross_region == cross_region;
    if (is_it && now >= restore.operation_done_at) return answer(200, job_json(restore, now));
  }
  return error(404, "NotFound");
}

HttpResponse ModelAzure::cancel(const std::string& path, Instant now) {
  for (ModelRestore& restore : restores_) {
    if (restore.cross_region || !has(path, restore.job_id)) continue;
    if (now >= restore.ends_at || chance_.one_in(3)) return error(400, "NotCancellable");
    restore.cancelled = true;
    return answer(202);
  }
  return error(404, "NotFound");
}

const ModelRestore* ModelAzure::restore_of(const std::string& request_id) const {
  for (const ModelRestore& restore : restores_) {
    if (restore.request_id == request_id) return &restore;
  }
  return nullptr;
}

int ModelAzure::started(const std::string& request_id) const {
  int count = 0;
  for (const ModelRestore& restore : restores_) count += restore.request_id == request_id ? 1 : 0;
  return count;
}

}  // namespace azrestored::sim
