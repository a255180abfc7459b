// Restores across regions of class Azure (azure-backup-api.md 6): from the AAD properties over the access token to the
// restore in the secondary region, its operation and its jobs. Errors have an envelope of their own
// (azure-backup-api.md 12.1).
#include <string>
#include <utility>

#include "azure_call.hpp"
#include "restore_request.hpp"
#include "restore_shape.hpp"

namespace azsim {
namespace {

constexpr const char* bad_input_code = "BMSUserErrorInvalidInput";

/// The application that a region's tokens are for. The audience names the region.
Json aad_body(const std::string& region) {
  Json body;
  body["properties"]["tenantId"] = "dddddddd-4444-4444-8444-dddddddddddd";
  body["properties"]["audience"] = "https://RecoveryServices/IaasCoord/aadmgmt/" + lower(region);
  body["properties"]["servicePrincipalObjectId"] = "eeeeeeee-5555-4555-8555-eeeeeeeeeeee";
  return body;
}

bool is_object_at(const Json& body, const char* name) {
  const Json* value = find(body, name);
  return value != nullptr && value->is_object();
}

}  // namespace

std::optional<Response> Azure::cross_region_refusal(const Call& call) const {
  if (!is_cross_region(call.version))
    return call.refuse(400, bad_input_code, "The api-version is not one of those for restores across regions.");
  const VaultSpec& vault = *call.vault;
  if (vault.redundancy.value_or("") == "ZoneRedundant")
    return call.refuse(400, "BMSUserErrorCrossRegionRestoreZRSVaultNotPossible",
                       "A zone-redundant vault has no copies in another region.");
  if (vault.secondary_region.empty() || vault.cross_region.value_or("Enabled") != "Enabled")
    return call.refuse(400, "BMSUserErrorCrossRegionRestoreNotEnabled",
                       "Restores across regions are not enabled for this vault.");
  return std::nullopt;
}

Response Azure::dispatch_location(const Call& incoming) {
  Call call = incoming;
  call.across_regions = true;
  const RouteMatch& match = call.match;
  if (!is_cross_region(call.version))
    return call.refuse(400, bad_input_code, "The api-version is not one of those for restores across regions.");
  if (!world_.is_secondary(match.subscription, match.region))
    return call.refuse(400, "BMSUserErrorRegionNotSupported",
                       "No vault of the subscription has copies in the region '" + match.region + "'.");
  if (!match.operation.empty()) {
    call.operation = world_.find_operation(match.operation);
    if (call.operation == nullptr || call.operation->kind != OperationKind::cross_region_restore ||
        !same_name(call.operation->region, match.region) ||
        World::phase(*call.operation, call.now) == OperationPhase::gone)
      return call.not_found("operation '" + match.operation + "'");
    // Clients also build this address from the operation's id. If there is a signature, it must be correct.
    if (find_value(match.target.query, "s") != nullptr && !signer_.valid(match.target.path, match.target.query))
      return error(403, "SignatureMismatch", "The address is not as it was handed out.", "gateway");
  }
  switch (match.route) {
    case Route::aad_properties:
      return aad_properties(call);
    case Route::crr_restore:
      return start_cross_region_restore(call);
    case Route::crr_status:
      return operation_status(call);
    case Route::crr_result:
      return cross_region_result(call);
    case Route::crr_job:
      return cross_region_job(call);
    case Route::crr_jobs:
      return cross_region_jobs(call);
    default:
      return error(404, "InvalidResourceType", "This call is not one of a location.", "gateway");
  }
}

Response Azure::aad_properties(const Call& call) const {
  return with_body(200, aad_body(call.match.region), false);
}

Response Azure::access_token(const Call& call) {
  const PostedBody posted = read_body(call.request);
  if (posted.refusal.status != 0) return posted.refusal;
  const Json expected = aad_body(call.vault->secondary_region);
  if (!is_object_at(posted.json, "properties") ||
      sorted_text(posted.json.at("properties")) != sorted_text(expected.at("properties")))
    return call.refuse(400, bad_input_code,
                       "The body must be the response of backupAadProperties of the secondary region.");
  Json body;
  const Ticks life = ticks_of_seconds(call.item->restore.access_token_seconds);
  body["properties"] = crr_tokens_.issue({call.vault, call.item, call.point}, call.now + life);
  return with_body(200, body, false);
}

Response Azure::start_cross_region_restore(const Call& call) {
  const PostedBody posted = read_body(call.request);
  if (posted.refusal.status != 0) return posted.refusal;
  const Json& body = posted.json;
  if (auto wrong = only_members(body, "body", {"crossRegionRestoreAccessDetails", "restoreRequest"}))
    return call.refuse(400, wrong->code, wrong->message);
  if (!is_object_at(body, "crossRegionRestoreAccessDetails") || !is_object_at(body, "restoreRequest"))
    return call.refuse(400, bad_input_code,
                       "The body must contain the objects 'crossRegionRestoreAccessDetails' and 'restoreRequest'.");
  const auto [verdict, subject] = crr_tokens_.judge(body.at("crossRegionRestoreAccessDetails"), call.now);
  if (verdict == CrrTokens::Verdict::unknown)
    return call.refuse(400, "CrossRegionRestoreAccessTokenInvalid", "The access token was not issued here.");
  if (verdict == CrrTokens::Verdict::changed)
    return call.refuse(400, "CrossRegionRestoreAccessTokenInvalid",
                       "The details of the access token differ from those that were issued.");
  if (verdict == CrrTokens::Verdict::expired)
    return call.refuse(400, "CrossRegionRestoreAccessTokenExpired", "The access token has expired.");
  if (!lets_in(*subject.vault, call.caller)) return wrong_tenant();
  if (!same_name(subject.vault->secondary_region, call.match.region) ||
      !same_name(segment_after(subject.vault->id, "subscriptions"), call.match.subscription))
    return call.refuse(400, bad_input_code, "The access token is for another region or subscription.");
  const Json& order = body.at("restoreRequest");
  if (const auto refusal = judge_order(order, {world_, *subject.vault, *subject.item, *subject.point, true}))
    return call.refuse(400, refusal->code, refusal->message);

  const std::string* request_id = find_value(call.request.headers, "x-ms-client-request-id");
  RestoreOrder restore;
  restore.vault = subject.vault;
  restore.item = subject.item;
  restore.point = subject.point;
  restore.region = subject.vault->secondary_region;
  restore.request_id = request_id != nullptr ? *request_id : ids_.guid();
  restore.recovery_type = order.at("recoveryType").get<std::string>();
  restore.body = body;
  restore.properties = order;
  restore.caller = call.caller;
  restore.signed_urls = call.version != "2018-12-20";
  const Operation& operation = world_.start_restore(std::move(restore), call.now);

  const std::string base = location_path(*subject.vault, operation.region);
  Response response = empty(202);
  for (const auto& [name, part] :
       Pairs{{"Azure-AsyncOperation", "/backupCrrOperationsStatus/"}, {"Location", "/backupCrrOperationResults/"}})
    response.headers.emplace_back(name, address(call, base + part + operation.id, call.version, operation.signed_urls));
  response.headers.emplace_back("Retry-After", std::to_string(settings_.retry_after_s));
  return response;
}

Response Azure::cross_region_result(const Call& call) const {
  const Operation& operation = *call.operation;
  const ErrorSpec& trouble = operation.item->restore.error;
  const OperationPhase phase = World::phase(operation, call.now);
  if (phase == OperationPhase::failed) return call.refuse(400, trouble.title, trouble.text);
  if (phase != OperationPhase::in_progress) return empty(200);
  Response response = empty(202);
  response.headers.emplace_back(
      "Location",
      address(call, location_path(*operation.vault, operation.region) + "/backupCrrOperationResults/" + operation.id,
              call.version, operation.signed_urls));
  response.headers.emplace_back("Retry-After", std::to_string(settings_.retry_after_s));
  return response;
}

Response Azure::cross_region_job(const Call& call) const {
  const PostedBody posted = read_body(call.request);
  if (posted.refusal.status != 0) return posted.refusal;
  const VaultSpec* vault = world_.find_vault(text_of(posted.json, "resourceId"));
  if (vault == nullptr) return call.refuse(400, bad_input_code, "'resourceId' must be the id of a vault.");
  if (!lets_in(*vault, call.caller)) return wrong_tenant();
  const std::string name = text_of(posted.json, "jobName");
  const Job* job = world_.find_job(*vault, call.match.region, name, call.now);
  if (job == nullptr) return call.not_found("job '" + name + "'");
  return with_body(200, job_body(*job, call.version, true, call.now));
}

Response Azure::cross_region_jobs(const Call& incoming) const {
  Call call = incoming;
  const PostedBody posted = read_body(call.request);
  if (posted.refusal.status != 0) return posted.refusal;
  call.vault = world_.find_vault(text_of(posted.json, "resourceId"));
  if (call.vault == nullptr) return call.refuse(400, bad_input_code, "'resourceId' must be the id of a vault.");
  if (!lets_in(*call.vault, call.caller)) return wrong_tenant();
  return list_jobs(call);
}

}  // namespace azsim
