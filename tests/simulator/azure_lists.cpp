// The lists of class Azure: items, recovery points, jobs of either region, resource guards; filtered, in pages, newest
// first if they have a time.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "azure_call.hpp"
#include "azure_json.hpp"

namespace azsim {

Response page_response(const Request& request, const Target& target, Json rows, const Page& page) {
  Json body;
  body["value"] = std::move(rows);
  if (!page.next.empty()) {
    std::string link = request.base_url + target.path + "?";
    for (const auto& [name, value] : target.query) {
      if (!same_name(name, "$skipToken")) link += name + "=" + percent_encode(value) + "&";
    }
    body["nextLink"] = link + "$skipToken=" + page.next;
  } else if (!page.first) {
    body["nextLink"] = nullptr;
  }
  return with_body(200, body);
}

Response Azure::list_items(const Call& call) const {
  const Filter filter = read_filter(call.match.target.query,
                                    {"healthState", "backupManagementType", "itemType", "policyName", "containerName",
                                     "backupEngineName", "friendlyName", "fabricName", "backupSetName"});
  if (!filter.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", filter.error);
  std::vector<const ItemSpec*> found;
  for (const ItemSpec& item : call.vault->items) {
    const std::string tail = item.container.substr(std::min(item.container.find(';') + 1, item.container.size()));
    const bool container = filter.allows("containerName", item.container) || filter.allows("containerName", tail);
    if (container && filter.allows("backupManagementType", "AzureIaasVM") && filter.allows("itemType", "VM") &&
        filter.allows("healthState", "Passed") && filter.allows("policyName", "DefaultPolicy") &&
        filter.allows("backupEngineName", "") && filter.allows("friendlyName", last_segment(item.vm)) &&
        filter.allows("fabricName", "Azure") && filter.allows("backupSetName", ""))
      found.push_back(&item);
  }
  const Page page = cut_page(call.match.target.query, found.size(), settings_.page_size);
  if (!page.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", page.error);
  Json rows = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i)
    rows.push_back(item_body(*call.vault, *found[i], call.points_of(*found[i]), call.request.base_url));
  // Sent whatever the filter says, at the end of the list.
  if (page.next.empty()) {
    for (const Json& other : call.vault->other_items) rows.push_back(other);
  }
  return page_response(call.request, call.match.target, std::move(rows), page);
}

Response Azure::list_points(const Call& call) const {
  Filter filter = read_filter(call.match.target.query, {"startDate", "endDate", "restorePointQueryType", "extendedInfo",
                                                        "moveReadyRPOnly", "includeSoftDeletedRP"});
  const Window window = read_window(filter, "startDate", "endDate");
  if (!filter.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", filter.error);
  std::vector<const PointSpec*> found;
  const std::vector<PointSpec>& points = call.points_of(*call.item);
  for (auto it = points.rbegin(); it != points.rend(); ++it) {  // newest last in the file
    if (window.holds(it->time)) found.push_back(&*it);
  }
  const Page page = cut_page(call.match.target.query, found.size(), settings_.page_size);
  if (!page.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", page.error);
  Json rows = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i)
    rows.push_back(point_body(*call.vault, *call.item, *found[i], call.version, false));
  return page_response(call.request, call.match.target, std::move(rows), page);
}

Response Azure::list_jobs(const Call& call) const {
  Filter filter = read_filter(call.match.target.query,
                              {"status", "backupManagementType", "operation", "jobId", "startTime", "endTime"});
  const Window window = read_window(filter, "startTime", "endTime");
  if (!filter.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", filter.error);
  std::vector<const Job*> found;
  for (const Job* job : world_.listed_jobs(*call.vault, call.match.region, call.now)) {
    if (window.holds(job->started) && filter.allows("status", status_text(World::status(*job, call.now))) &&
        filter.allows("backupManagementType", "AzureIaasVM") && filter.allows("jobId", job->id) &&
        filter.allows("operation", operation_name(*job)))
      found.push_back(job);
  }
  const Page page = cut_page(call.match.target.query, found.size(), settings_.page_size);
  if (!page.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", page.error);
  Json rows = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i)
    rows.push_back(job_body(*found[i], call.version, false, call.now));
  return page_response(call.request, call.match.target, std::move(rows), page);
}

Response Azure::list_guards(const Call& call) const {
  Json body;
  body["value"] = Json::array();
  for (const GuardSpec& guard : call.vault->guards) body["value"].push_back(guard_proxy_body(*call.vault, guard));
  return with_body(200, body, false);
}

}  // namespace azsim
