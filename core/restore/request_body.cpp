// The body of the restore POST (API.md 3.2, 3.3):
//
//   {"properties": the "restore" of the job file, as it is,
//                  with the members that the file leaves out and the service needs}
//
// What the file says is never replaced, with one exception: the objectType of a request that has to rehydrate.
#include <nlohmann/json.hpp>

#include "core/jobfile/job_file.hpp"
#include "core/json/lenient.hpp"
#include "core/azure/recovery_point.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// Only data that lies in the archive alone is rehydrated; for any other point the service takes no such request.
void add_rehydration(json& properties, const JobSpec& spec, const RecoveryPoint& point) {
  if (spec.rehydration && effective_tier(point) == "VaultArchive") {
    properties["objectType"] = "IaasVMRestoreWithRehydrationRequest";
    properties["recoveryPointRehydrationInfo"] = {{"rehydrationRetentionDuration", spec.rehydration->retention},
                                                  {"rehydrationPriority", spec.rehydration->priority}};
  }
}

}  // namespace

json restore_request(const JobSpec& spec, const ProtectedItem& item, const RecoveryPoint& point,
                     const std::string& vault_region, std::span<const std::string> guard_requests) {
  json properties = spec.restore;
  properties["recoveryPointId"] = point.id;
  add_rehydration(properties, spec, point);
  const auto fill_in = [&](const char* name, const json& value) {
    if (!properties.contains(name)) properties[name] = value;
  };
  const bool rehydrates = gives(properties, "recoveryPointRehydrationInfo");
  fill_in("objectType", rehydrates ? "IaasVMRestoreWithRehydrationRequest" : "IaasVMRestoreRequest");
  fill_in("sourceResourceId", item.source_resource_id);
  fill_in("region", vault_region);
  fill_in("createNewCloudService", false);
  fill_in("originalStorageAccountOption", false);
  // A Resource Guard does not take part in cross-region restores (API.md 3.6).
  if (!guard_requests.empty() && !spec.cross_region && !gives(properties, "resourceGuardOperationRequests")) {
    properties["resourceGuardOperationRequests"] = json(guard_requests);
  }
  // A machine of an edge zone is replaced where it stands (API.md 3.3).
  const bool is_replaced_in_edge = spec.type == RecoveryType::OriginalLocation && !point.extended_location.empty();
  if (is_replaced_in_edge && !gives(properties, "extendedLocation")) {
    properties["extendedLocation"] = {{"name", point.extended_location}};
  }
  if (gives(properties, "extendedLocation") && properties["extendedLocation"].is_object() &&
      !gives(properties["extendedLocation"], "type")) {
    properties["extendedLocation"]["type"] = "EdgeZone";  // the only type there is (API.md 2.3)
  }
  return properties;
}

}  // namespace azrestored
