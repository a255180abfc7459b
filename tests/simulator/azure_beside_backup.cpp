// Requests of general clients such as azure-cli: the subscriptions, the containers of a vault, whether a storage
// account exists. The responses have only the members that such a client reads.
#include <set>
#include <string>
#include <utility>

#include "azure_call.hpp"

namespace azsim {
namespace {

Json subscription_row(const std::string& id, const std::string& tenant) {
  Json row;
  row["id"] = "/subscriptions/" + id;
  row["subscriptionId"] = id;
  row["tenantId"] = tenant;
  row["displayName"] = "Simulated subscription";
  row["state"] = "Enabled";
  row["authorizationSource"] = "RoleBased";
  return row;
}

}  // namespace

Response Azure::beside_backup(const Call& call) const {
  if (call.match.route == Route::classic_storage_account) {
    return error(404, "ResourceNotFound", "There is no classic storage account '" + call.match.account + "'.",
                 "gateway");
  }
  Json body;
  if (call.match.route == Route::storage_account) {  // every account exists
    body["id"] = call.match.target.path;
    body["name"] = call.match.account;
    body["type"] = "Microsoft.Storage/storageAccounts";
    body["location"] = "westus";
    body["kind"] = "StorageV2";
    body["sku"]["name"] = "Standard_LRS";
    body["properties"]["provisioningState"] = "Succeeded";
    return with_body(200, body);
  }
  std::set<std::string> subscriptions;
  for (const VaultSpec& vault : world_.state().vaults) subscriptions.insert(segment_after(vault.id, "subscriptions"));
  body["value"] = Json::array();
  for (const std::string& id : subscriptions) body["value"].push_back(subscription_row(id, call.caller.tenant));
  return with_body(200, body);
}

Response Azure::list_containers(const Call& call) const {
  const Filter filter =
      read_filter(call.match.target.query, {"backupManagementType", "friendlyName", "status", "containerType"});
  if (!filter.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", filter.error);
  std::vector<const ItemSpec*> found;
  for (const ItemSpec& item : call.vault->items) {
    if (filter.allows("backupManagementType", "AzureIaasVM") && filter.allows("status", "Registered") &&
        filter.allows("friendlyName", last_segment(item.vm)))
      found.push_back(&item);
  }
  const Page page = cut_page(call.match.target.query, found.size(), settings_.page_size);
  if (!page.error.empty()) return call.refuse(400, "BMSUserErrorInvalidInput", page.error);
  Json rows = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i) rows.push_back(container_body(*call.vault, *found[i]));
  return page_response(call.request, call.match.target, std::move(rows), page);
}

}  // namespace azsim
