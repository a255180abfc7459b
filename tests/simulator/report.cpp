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

}  // namespace

Json report_body(const Counters& counters, const World& world, std::uint64_t tokens_issued, Instant now) {
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
    row["body"] = restore.order.body;
    restores.push_back(std::move(row));
    ++by_request_id[restore.order.request_id];
    ++by_item[item];
  }
  Json body;
  body["requests"] = counters.requests;
  body["requestsByRoute"] = to_object(counters.by_route);
  body["restorePosts"] = counters.restore_posts;
  body["restores"] = std::move(restores);
  body["restoresByRequestId"] = to_object(by_request_id);
  body["restoresByItem"] = to_object(by_item);
  body["unauthenticated"] = counters.unauthenticated;
  body["badRequests"] = counters.bad_requests;
  body["unknownRoutes"] = counters.unknown_routes;
  body["connections"] = counters.connections.size();
  body["handshakeFailures"] = counters.handshake_failures;
  body["tokensIssued"] = tokens_issued;
  body["faults"] = to_object(counters.faults);
  return body;
}

}  // namespace azsim
