// See report.hpp.
#include "report.hpp"

#include "azure_json.hpp"
#include "text.hpp"

namespace azsim {
namespace {

Json to_object(const std::map<std::string, std::uint64_t>& counts) {
  Json object = Json::object();
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

/// {"requestsByAction", "throttledByAction", "throttled"}
void add_actions(Json& body, const std::map<std::string, ActionCount>& by_action) {
  Json requests = Json::object(), throttled = Json::object();
  std::uint64_t all_throttled = 0;
  for (const auto& [action, count] : by_action) {
    requests[action] = count.requests;
    if (count.throttled > 0) throttled[action] = count.throttled;
    all_throttled += count.throttled;
  }
  body["requestsByAction"] = std::move(requests);
  body["throttledByAction"] = std::move(throttled);
  body["throttled"] = all_throttled;
}

Json validations(const World& world) {
  Json rows = Json::array();
  for (const Validation& validation : world.validations()) {
    Json row;
    row["requestId"] = validation.request_id;
    row["item"] = item_path(*validation.vault, *validation.item);
    row["vm"] = last_segment(validation.item->vm);
    row["recoveryPoint"] = validation.point->name;
    row["triggered"] = !validation.operation_id.empty();
    row["findings"] = Json::array();
    if (validation.findings) {
      for (const Finding& finding : *validation.findings) row["findings"].push_back(finding.code);
    }
    row["body"] = validation.body;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Json report_body(const Counters& counters, const World& world, const Tokens& tokens, Instant now) {
  Json restores = Json::array();
  std::map<std::string, std::uint64_t> by_request_id, by_item;
  for (const Restore& restore : world.restores()) {
    const std::string item = item_path(*restore.order.vault, *restore.order.item);
    Json row;
    row["requestId"] = restore.order.request_id;
    row["item"] = item;
    row["vm"] = last_segment(restore.order.item->vm);
    row["recoveryPoint"] = restore.order.point->name;
    row["recoveryType"] = restore.order.recovery_type;
    row["operationId"] = restore.operation_id;
    row["jobId"] = restore.job_id;
    row["status"] = world.outcome_text(restore, now);
    row["crossRegion"] = !restore.order.region.empty();
    row["region"] = restore.order.region.empty() ? restore.order.vault->location : restore.order.region;
    row["tenant"] = restore.order.caller.tenant;
    row["auxiliaryTenants"] = restore.order.caller.auxiliary_tenants;
    row["body"] = restore.order.body;
    restores.push_back(std::move(row));
    ++by_request_id[restore.order.request_id];
    ++by_item[item];
  }
  Json body;
  body["requests"] = counters.requests;
  body["requestsByRoute"] = to_object(counters.by_route);
  add_actions(body, counters.by_action);
  body["restorePosts"] = counters.restore_posts;
  body["restores"] = std::move(restores);
  body["validations"] = validations(world);
  body["restoresByRequestId"] = to_object(by_request_id);
  body["restoresByItem"] = to_object(by_item);
  body["unauthenticated"] = counters.unauthenticated;
  body["badRequests"] = counters.bad_requests;
  body["unknownRoutes"] = counters.unknown_routes;
  body["connections"] = counters.connections.size();
  body["handshakeFailures"] = counters.handshake_failures;
  body["tokensIssued"] = tokens.issued();
  body["tokenRequests"] = tokens.requests();
  body["faults"] = to_object(counters.faults);
  return body;
}

}  // namespace azsim
