// The body of the restore POST (azure-backup-api.md 3.2, 3.3):
//
//   {"properties": the "restore" of the job file, as it is,
//                  with the members that the file leaves out and the service needs}
//
// What the file says is never replaced, with one exception: the objectType of a request that must rehydrate.
#include "core/restore/request_body.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "core/azure/recovery_point.hpp"
#include "core/jobfile/spec.hpp"
#include "core/json/lenient.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// Only a point that is only in the archive tier is rehydrated. Azure refuses such a request for other points.
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
  const bool rehydrates = has_value(properties, "recoveryPointRehydrationInfo");
  fill_in("objectType", rehydrates ? "IaasVMRestoreWithRehydrationRequest" : "IaasVMRestoreRequest");
  fill_in("sourceResourceId", item.source_resource_id);
  fill_in("region", vault_region);
  fill_in("createNewCloudService", false);
  fill_in("originalStorageAccountOption", false);
  // A Resource Guard does not apply to cross-region restores (azure-backup-api.md 3.6).
  if (!guard_requests.empty() && !spec.cross_region && !has_value(properties, "resourceGuardOperationRequests")) {
    properties["resourceGuardOperationRequests"] = json(guard_requests);
  }
  // The disks of a VM in an edge zone are replaced in that zone (azure-backup-api.md 3.3).
  const bool is_replaced_in_edge = spec.type == RecoveryType::OriginalLocation && !point.extended_location.empty();
  if (is_replaced_in_edge && !has_value(properties, "extendedLocation")) {
    properties["extendedLocation"] = {{"name", point.extended_location}};
  }
  if (has_value(properties, "extendedLocation") && properties["extendedLocation"].is_object() &&
      !has_value(properties["extendedLocation"], "type")) {
    properties["extendedLocation"]["type"] = "EdgeZone";  // the only type that exists (azure-backup-api.md 2.3)
  }
  return properties;
}

json restore_request(const JobSpec& spec, const Progress& known) {
  static const std::vector<std::string> none;
  const std::vector<std::string>& guard = known.guard_requests ? *known.guard_requests : none;
  return restore_request(spec, *known.item, *known.point, known.region.value_or(""), guard);
}

}  // namespace azrestored
