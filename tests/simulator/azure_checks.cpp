// What class Azure checks before a restore: the pre-flight validation (azure-backup-api.md 7), and a resource guard
// (azure-backup-api.md 3.6).
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "azure_call.hpp"
#include "restore_shape.hpp"

namespace azsim {
namespace {

constexpr std::string_view restore_action = "/recoveryPoints/restore/action";

/// The guard's request that protects the restore, or "" if it protects none.
std::string guarded_restore(const GuardSpec& guard) {
  for (const GuardedOperation& guarded : guard.operations) {
    const std::string& name = guarded.operation;
    if (name.size() > restore_action.size() &&
        same_name(name.substr(name.size() - restore_action.size()), restore_action))
      return guarded.request;
  }
  return {};
}

bool names(const Json& order, const std::string& request) {
  const Json* given = find(order, "resourceGuardOperationRequests");
  return given != nullptr && std::any_of(given->begin(), given->end(), [&](const Json& entry) {
           return same_name(entry.get<std::string>(), request);
         });
}

/// The envelope of azure-backup-api.md 7; the point must be in the vault.
Verdict check_validation_shape(const Json& body) {
  if (auto wrong = only_members(body, "body", {"id", "properties"})) return wrong;
  if (text_of(body, "id").empty()) return bad_input("'id' must be the ARM id of the recovery point.");
  const Json* properties = find(body, "properties");
  if (properties == nullptr || !properties->is_object())
    return bad_input("The body must contain an object 'properties'.");
  if (auto wrong = only_members(*properties, "properties", {"objectType", "restoreRequest"})) return wrong;
  const std::string type = text_of(*properties, "objectType");
  if (type != "ValidateIaasVMRestoreOperationRequest" && type != "ValidateRestoreOperationRequest")
    return bad_input("'objectType' must be ValidateIaasVMRestoreOperationRequest.");
  const Json* order = find(*properties, "restoreRequest");
  if (order == nullptr || !order->is_object()) return bad_input("'restoreRequest' must be a restore request.");
  return std::nullopt;
}

}  // namespace

std::optional<Response> Azure::guard_refusal(const Call& call, const Json& order) const {
  for (const GuardSpec& guard : call.vault->guards) {
    const std::string request = guarded_restore(guard);
    if (request.empty()) continue;
    if (!names(order, request))
      return error(403, "UserErrorResourceGuardApprovalRequired",
                   "A resource guard protects restores of this vault: 'resourceGuardOperationRequests' must contain '" +
                       request + "'.");
    const auto& tenants = call.caller.auxiliary_tenants;
    const bool has_token =
        guard.tenant.empty() || std::any_of(tenants.begin(), tenants.end(), [&](const std::string& tenant) {
          return tenant.empty() || same_name(tenant, guard.tenant);
        });
    if (!has_token)
      return error(403, "LinkedAuthorizationFailed",
                   "The resource guard is in the tenant '" + guard.tenant +
                       "': x-ms-authorization-auxiliary must contain a token of that tenant.",
                   "gateway");
  }
  return std::nullopt;
}

/// A request that a restore would refuse is a finding here: the purpose of the call is to find such requests.
Response Azure::validate(const Call& call) {
  const PostedBody posted = read_body(call.request);
  if (posted.refusal.status != 0) return posted.refusal;
  if (const auto wrong = check_validation_shape(posted.json)) return error(400, wrong->code, wrong->message);
  const std::string id = text_of(posted.json, "id");
  const RouteMatch match = classify("GET", id);
  Validation check;
  check.vault = call.vault;
  if (match.route == Route::point && world_.find_vault(match.subscription, match.group, match.vault) == call.vault)
    check.item = World::find_item(*call.vault, match.container, match.item);
  if (check.item != nullptr) check.point = World::find_point(check.item->points, match.point);
  if (check.point == nullptr)
    return error(400, "BMSUserErrorInvalidInput", "'id' is not a recovery point of this vault: '" + id + "'.");

  const Json& order = posted.json.at("properties").at("restoreRequest");
  check.findings = check.item->restore.validation;
  if (const auto refusal = judge_order(order, {world_, *call.vault, *check.item, *check.point})) {
    if (!check.findings) check.findings.emplace();
    check.findings->push_back({refusal->code, refusal->message, {}});
  }
  const std::string* request_id = find_value(call.request.headers, "x-ms-client-request-id");
  check.request_id = request_id != nullptr ? *request_id : std::string();
  check.body = posted.json;
  check.signed_urls = signs(call.version);
  if (call.match.route == Route::validate) {
    const Response response = with_body(200, validation_body(check.findings));
    world_.note_validation(std::move(check));
    return response;
  }
  const Operation& operation = world_.start_validation(std::move(check), call.now);
  Response response = empty(202);
  for (const auto& [name, part] : Pairs{{"Azure-AsyncOperation", "/backupValidateOperationsStatuses/"},
                                        {"Location", "/backupValidateOperationResults/"}})
    response.headers.emplace_back(
        name, address(call, call.vault->id + part + operation.id, call.version, operation.signed_urls));
  response.headers.emplace_back("Retry-After", std::to_string(std::min(settings_.retry_after_s, 10)));
  return response;
}

Response Azure::validation_result(const Call& call) const {
  const Operation& operation = *call.operation;
  const ErrorSpec& trouble = operation.item->restore.error;
  switch (World::phase(operation, call.now)) {
    case OperationPhase::succeeded:
      if (operation.outcome == OperationOutcome::succeeded_without_job) return with_body(200, Json::object());
      return with_body(200, validation_body(operation.findings));
    case OperationPhase::failed:
      return error(400, trouble.title, trouble.text);
    case OperationPhase::in_progress:
    case OperationPhase::gone:
      break;
  }
  Response response = empty(202);
  response.headers.emplace_back(
      "Location", address(call, call.vault->id + "/backupValidateOperationResults/" + operation.id, call.version,
                          operation.signed_urls));
  response.headers.emplace_back("Retry-After", std::to_string(std::min(settings_.retry_after_s, 10)));
  return response;
}

}  // namespace azsim
