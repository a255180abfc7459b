// See azure.hpp.
#include "azure.hpp"

#include <algorithm>
#include <utility>

#include "azure_call.hpp"
#include "azure_json.hpp"
#include "permissions.hpp"
#include "restore_request.hpp"

namespace azsim {

namespace {

/// "2024-04-01" or "2024-04-01-preview".
bool well_formed(const std::string& version) {
  const std::string date = version.substr(0, 10), tail = version.substr(date.size());
  std::string shape = date;
  for (char& c : shape) c = c >= '0' && c <= '9' ? '0' : c;
  return shape == "0000-00-00" && (tail.empty() || same_name(tail, "-preview"));
}

/// Addresses have a doubled prefix up to 2019-05-13 (azure-backup-api.md 4.3, 12.1).
bool doubles_prefix(const std::string& version) {
  return version.substr(0, 10) <= "2019-05-13";
}

}  // namespace

Response with_body(unsigned status, const Json& body, bool chunked) {
  Response response;
  response.status = status;
  response.body = to_text(body);
  response.chunked = chunked;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  return response;
}

Response error(unsigned status, const std::string& code, const std::string& message, const char* cause) {
  Response response = with_body(status, error_body(code, message), false);
  response.headers.emplace_back("x-ms-failure-cause", cause);
  return response;
}

Response empty(unsigned status) {
  Response response;
  response.status = status;
  return response;
}

bool signs(const std::string& version) {
  return since(version, "2024-01-01");
}

PostedBody read_body(const Request& request) {
  PostedBody body;
  body.refusal.status = 0;
  const std::string* type = find_value(request.headers, "Content-Type");
  if (type == nullptr || !starts_with_name(*type, "application/json")) {
    body.refusal = error(415, "UnsupportedMediaType", "The body's Content-Type must be application/json.", "gateway");
    return body;
  }
  body.json = Json::parse(request.body, nullptr, false);
  if (!body.json.is_object())
    body.refusal = error(400, "InvalidRequestContent", "The request's body is not a JSON object.", "gateway");
  return body;
}

Response Azure::Call::refuse(unsigned status, const std::string& code, const std::string& message) const {
  if (!across_regions) return error(status, code, message);
  Response response = with_body(status, crr_error_body(code, message), false);
  response.headers.emplace_back("x-ms-failure-cause", "service");
  return response;
}

Response Azure::Call::not_found(const std::string& what) const {
  return refuse(404, "ResourceNotFound", "The " + what + " does not exist in this simulation.");
}

Azure::Azure(World& world, UrlSigner signer, AzureSettings settings, Identifiers& ids, ArmHeaders& headers,
             RateLimits limits)
    : world_(world),
      signer_(std::move(signer)),
      settings_(settings),
      ids_(ids),
      headers_(headers),
      limits_(std::move(limits)),
      crr_tokens_(ids) {}

std::string Azure::address(const Call& call, const std::string& path, const std::string& version,
                           bool with_signature) const {
  return call.request.base_url + path + "?" +
         (with_signature ? signer_.query(path, version, call.now) : "api-version=" + version);
}

Response Azure::answer(const Request& request, const RouteMatch& match, const Caller& caller, Instant now) {
  Call call{request, match, caller, now, {}};
  call.vault = world_.find_vault(match.subscription, match.group, match.vault);
  Response response;
  const std::string* version = find_value(match.target.query, "api-version");
  RateLimits::Taken taken = limits_.take(request, match, now);
  if (taken.refusal) {
    response = std::move(*taken.refusal);
  } else if (match.route == Route::wrong_method) {
    response = error(405, "MethodNotAllowed", "This address does not accept " + request.method + ".", "gateway");
  } else if (match.route == Route::unknown) {
    response = error(404, "InvalidResourceType", "The simulation has no such address.", "gateway");
  } else if (version == nullptr || version->empty()) {
    response = error(400, "MissingApiVersionParameter", "The query must name an api-version.", "gateway");
  } else if (!well_formed(*version)) {
    response = error(400, "InvalidApiVersionParameter", "The api-version '" + *version + "' is not valid.", "gateway");
  } else if (is_beside_backup(match.route)) {
    response = beside_backup(call);
  } else if (call.vault == nullptr && match.region.empty()) {
    response = error(404, "ResourceNotFound", "The simulation has no vault '" + match.vault + "'.", "gateway");
  } else if (call.vault != nullptr && !lets_in(*call.vault, caller)) {
    response = wrong_tenant();
  } else if (call.vault != nullptr && !permits(*call.vault, action_of(request.method, match.target))) {
    response = forbidden(action_of(request.method, match.target), match.target.path);
  } else {
    call.version = *version;
    response = match.region.empty() ? dispatch(call) : dispatch_location(call);
  }
  headers_.add(response, request, match, call.vault != nullptr ? call.vault->location : "westus", taken.headers, now);
  return response;
}

bool Azure::lets_in(const VaultSpec& vault, const Caller& caller) const {
  return vault.tenants.empty() || caller.tenant.empty() ||
         std::any_of(vault.tenants.begin(), vault.tenants.end(),
                     [&](const std::string& tenant) { return same_name(tenant, caller.tenant); });
}

Response Azure::wrong_tenant() const {
  Response response = error(401, "InvalidAuthenticationTokenTenant",
                            "The access token was issued by a tenant other than that of the subscription.", "gateway");
  response.headers.emplace_back("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  return response;
}

/// Whether this address reports this kind of operation.
bool Azure::belongs(const Operation& operation, const Call& call) const {
  if (operation.vault != call.vault) return false;
  if (call.item != nullptr) return operation.item == call.item && operation.kind == OperationKind::restore;
  if (call.job != nullptr) return operation.kind == OperationKind::cancel && operation.job_id == call.job->id;
  const bool validation = call.match.route == Route::validate_status || call.match.route == Route::validate_result;
  return validation ? operation.kind == OperationKind::validation
                    : operation.kind != OperationKind::cross_region_restore;
}

/// From left to right.
std::optional<Response> Azure::look_up(Call& call) const {
  const RouteMatch& match = call.match;
  if (!match.item.empty()) {
    call.item = World::find_item(*call.vault, match.container, match.item);
    if (call.item == nullptr) return call.not_found("backup item '" + match.item + "'");
  }
  if (!match.point.empty()) {
    call.point = World::find_point(call.points_of(*call.item), match.point);
    if (call.point == nullptr) return call.not_found("recovery point '" + match.point + "'");
  }
  if (!match.job.empty()) {
    call.job = world_.find_job(*call.vault, "", match.job, call.now);
    if (call.job == nullptr) return call.not_found("job '" + match.job + "'");
  }
  if (!match.operation.empty()) {
    call.operation = world_.find_operation(match.operation);
    const Operation* found = call.operation;
    if (found == nullptr || !belongs(*found, call) || World::phase(*found, call.now) == OperationPhase::gone)
      return call.not_found("operation '" + match.operation + "'");
    // Clients build the backupOperations address from the operation's id (azure-backup-api.md 4.1). Only addresses that
    // the service returned have a signature.
    if (found->signed_urls && match.route != Route::backup_operations &&
        !signer_.valid(match.target.path, match.target.query))
      return error(403, "SignatureMismatch", "The address differs from the one that the service returned.", "gateway");
  }
  return std::nullopt;
}

/// Calls the function of the route.
Response Azure::dispatch(const Call& incoming) {
  Call call = incoming;
  const RouteMatch& match = call.match;
  const bool reads = match.route == Route::items || match.route == Route::item || match.route == Route::points ||
                     match.route == Route::point;
  // The api-version alone selects the copy in the secondary region (azure-backup-api.md 6).
  if (match.route == Route::access_token || (reads && is_cross_region(call.version))) {
    call.across_regions = true;
    if (auto refusal = cross_region_refusal(call)) return *refusal;
  }
  if (auto refusal = look_up(call)) return *refusal;
  switch (match.route) {
    case Route::vault:
      return with_body(200, vault_body(*call.vault), false);
    case Route::permissions:
      return with_body(200, permissions_body(*call.vault));
    case Route::containers:
      return list_containers(call);
    case Route::encryption_config:
      return with_body(200, encryption_config_body(*call.vault));
    case Route::items:
      return list_items(call);
    case Route::item:
      return with_body(200, item_body(*call.vault, *call.item, call.points_of(*call.item), call.request.base_url));
    case Route::points:
      return list_points(call);
    case Route::point:
      return with_body(200, point_body(*call.vault, *call.item, *call.point, call.version, true));
    case Route::restore:
      return start_restore(call);
    case Route::access_token:
      return access_token(call);
    case Route::guard_proxies:
      return list_guards(call);
    case Route::validate:
    case Route::trigger_validate:
      return validate(call);
    case Route::validate_result:
      return validation_result(call);
    case Route::jobs:
      return list_jobs(call);
    case Route::job:
      return with_body(200, job_body(*call.job, call.version, true, call.now));
    case Route::cancel:
      return cancel_job(call);
    case Route::operations_status:
    case Route::backup_operations:
    case Route::job_operations_status:
    case Route::validate_status:
      return operation_status(call);
    case Route::operation_results:
    case Route::job_operation_results:
      return operation_result(call);
    default:
      break;
  }
  return error(404, "InvalidResourceType", "This call does not belong to Resource Manager.", "gateway");
}

Response Azure::start_restore(const Call& call) {
  const PostedBody posted = read_body(call.request);
  if (posted.refusal.status != 0) return posted.refusal;
  const Json& body = posted.json;
  if (const auto refusal = judge_restore(body, {world_, *call.vault, *call.item, *call.point}))
    return error(400, refusal->code, refusal->message);
  if (auto refusal = guard_refusal(call, body.at("properties"))) return *refusal;

  const std::string* request_id = find_value(call.request.headers, "x-ms-client-request-id");
  RestoreOrder order;
  order.vault = call.vault;
  order.item = call.item;
  order.point = call.point;
  order.request_id = request_id != nullptr ? *request_id : ids_.guid();
  order.recovery_type = body.at("properties").at("recoveryType").get<std::string>();
  order.body = body;
  order.properties = body.at("properties");
  order.caller = call.caller;
  order.signed_urls = signs(call.version);
  const Operation& operation = world_.start_restore(std::move(order), call.now);

  const std::string base = item_path(*call.vault, *call.item);
  Response response = empty(202);
  response.headers.emplace_back("Azure-AsyncOperation", address(call, base + "/operationsStatus/" + operation.id,
                                                                call.version, operation.signed_urls));
  const std::string prefix = doubles_prefix(call.version) ? "/subscriptions/" : "";
  response.headers.emplace_back("Location", address(call, prefix + base + "/operationResults/" + operation.id,
                                                    call.version, operation.signed_urls));
  response.headers.emplace_back("Retry-After", std::to_string(settings_.retry_after_s));
  return response;
}

Response Azure::cancel_job(const Call& call) {
  const CancelResult result = world_.cancel(call.job->id, signs(call.version), call.now);
  if (result.operation == nullptr) return error(400, "UserErrorJobNotCancellable", result.refusal);
  const std::string base = call.vault->id + "/backupJobs/" + call.job->id;
  Response response = empty(202);
  response.headers.emplace_back("Location", address(call, base + "/operationResults/" + result.operation->id,
                                                    call.version, result.operation->signed_urls));
  // Recorded cancels of 2024 have a second address with an older api-version; earlier ones have only the first.
  if (result.operation->signed_urls)
    response.headers.emplace_back(
        "Azure-AsyncOperation",
        address(call, base + "/operationsStatus/" + result.operation->id, "2019-05-13-preview", true));
  response.headers.emplace_back("Retry-After", std::to_string(settings_.retry_after_s));
  return response;
}

Response Azure::operation_status(const Call& call) const {
  const OperationPhase phase = World::phase(*call.operation, call.now);
  Response response = with_body(200, operation_body(*call.operation, phase));
  if (phase == OperationPhase::in_progress)
    response.headers.emplace_back("Retry-After", std::to_string(settings_.retry_after_s));
  return response;
}

/// 202 while the operation runs; then 204 without a body, still with Retry-After and the status address
/// (azure-backup-api.md 12.1).
Response Azure::operation_result(const Call& call) const {
  const Operation& operation = *call.operation;
  const bool cancel = operation.kind == OperationKind::cancel;
  const OperationPhase phase = World::phase(operation, call.now);
  if (phase == OperationPhase::failed)
    return cancel ? error(400, "UserErrorJobNotCancellable", operation.failure)
                  : error(400, operation.item->restore.error.title, operation.item->restore.error.text);
  const std::string base =
      cancel ? call.vault->id + "/backupJobs/" + operation.job_id : item_path(*call.vault, *operation.item);
  Response response = empty(phase == OperationPhase::in_progress ? 202 : 204);
  if (phase == OperationPhase::in_progress)
    response.headers.emplace_back(
        "Location", address(call, base + "/operationResults/" + operation.id, call.version, operation.signed_urls));
  response.headers.emplace_back("Azure-AsyncOperation", address(call, base + "/operationsStatus/" + operation.id,
                                                                call.version, operation.signed_urls));
  response.headers.emplace_back("Retry-After", std::to_string(settings_.retry_after_s));
  return response;
}

}  // namespace azsim
