// See azure_json.hpp; the bodies of a vault are in vault_json.cpp, the job's extendedInfo in job_details.cpp.
#include "azure_json.hpp"

#include <algorithm>
#include <array>

#include "job_details.hpp"
#include "text.hpp"

namespace azsim {
namespace {

constexpr std::array<const char*, 4> tier_type_names{"Invalid", "InstantRP", "HardenedRP", "ArchivedRP"};
constexpr std::array<const char*, 5> tier_status_names{"Invalid", "Valid", "Disabled", "Deleted", "Rehydrated"};
constexpr const char* minimum_date = "0001-01-01T00:00:00";

Json tier_details(const PointSpec& point, std::string_view version) {
  Json list = Json::array();
  for (const TierSpec& tier : point.tiers) {
    Json entry;
    if (since(version, "2021-01-01")) {
      entry["type"] = tier_type_names.at(static_cast<std::size_t>(tier.type));
      entry["status"] = tier_status_names.at(static_cast<std::size_t>(tier.status));
    } else {
      entry["type"] = tier.type;
      entry["status"] = tier.status;
    }
    if (tier.status == 4) entry["extendedInfo"]["RehydratedRPExpiryTime"] = iso_utc(point.time + std::chrono::days{30});
    list.push_back(std::move(entry));
  }
  return list;
}

Json disk(const std::string& vm, int lun) {
  Json entry;
  entry["lun"] = lun;
  entry["name"] = disk_name(vm, lun);
  return entry;
}

Json disk_configuration(const ItemSpec& item, const PointSpec& point, bool detail) {
  const std::string vm = last_segment(item.vm);
  Json configuration;
  configuration["numberOfDisksIncludedInBackup"] = point.disks.size() + 1;
  configuration["numberOfDisksAttachedToVm"] = point.disks.size() + point.excluded_disks.size() + 1;
  configuration["includedDiskList"] = nullptr;
  configuration["excludedDiskList"] = nullptr;
  if (!detail) return configuration;
  Json included = Json::array({disk(vm, -1)}), excluded = Json::array();
  for (const int lun : point.disks) included.push_back(disk(vm, lun));
  for (const int lun : point.excluded_disks) excluded.push_back(disk(vm, lun));
  configuration["includedDiskList"] = std::move(included);
  configuration["excludedDiskList"] = std::move(excluded);
  return configuration;
}

/// The only action; absent if it does not apply, unless the script copies the recorded jobs that always have it.
void add_actions(Json& properties, const Job& job, std::string_view version, Instant now) {
  // Recorded cross-region jobs always have it, although they cannot be cancelled.
  if (job.region.empty() && !job.item->restore.always_cancellable && !World::cancellable(job, now)) return;
  if (since(version, "2024-01-01")) {
    properties["actionsInfo"] = Json::array({"Cancellable"});
  } else {
    properties["actionsInfo"] = Json::array({1});
  }
}

Json error_details(const ErrorSpec& error) {
  Json entry;
  entry["errorCode"] = error.code;
  entry["errorTitle"] = error.title;
  entry["errorString"] = error.text;
  entry["recommendations"] = error.recommendations;
  return Json::array({std::move(entry)});
}

/// In items and jobs, the container's name lacks its first part: azure-backup-api.md 1.4.
std::string short_container(const ItemSpec& item) {
  const std::size_t prefix = item.container.find(';');
  return prefix == std::string::npos ? item.container : item.container.substr(prefix + 1);
}

}  // namespace

bool since(std::string_view version, std::string_view first) {
  return version.substr(0, 10) >= first;
}

std::string disk_name(const std::string& vm, int lun) {
  return lun < 0 ? vm + "_OsDisk" : vm + "_DataDisk_" + std::to_string(lun);
}

bool is_cross_region(std::string_view version) {
  return version == "2018-12-20" || version == "2021-11-15" || version == "2023-01-15";
}

std::string location_path(const VaultSpec& vault, const std::string& region) {
  return "/subscriptions/" + segment_after(vault.id, "subscriptions") +
         "/providers/Microsoft.RecoveryServices/locations/" + region;
}

std::string item_path(const VaultSpec& vault, const ItemSpec& item) {
  return vault.id + "/backupFabrics/Azure/protectionContainers/" + item.container + "/protectedItems/" + item.item;
}

Json error_body(const std::string& code, const std::string& message) {
  Json body;
  body["error"]["code"] = code;
  body["error"]["message"] = message;
  return body;
}

Json crr_error_body(const std::string& code, const std::string& message) {
  Json body;
  body["ErrorCode"] = code;
  body["Message"]["Language"] = "en-US";
  body["Message"]["Value"] = message;
  body["Values"] = Json::array();
  return body;
}

Json item_body(const VaultSpec& vault, const ItemSpec& item, const std::vector<PointSpec>& points,
               const std::string& base_url) {
  Json body;
  body["id"] = encode_beyond_ascii(item_path(vault, item));  // "name" has plain letters (azure-backup-api.md 1.3)
  body["name"] = item.item;
  body["type"] = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems";
  Json& p = body["properties"];
  p["friendlyName"] = last_segment(item.vm);
  p["virtualMachineId"] = item.vm;
  p["protectionStatus"] = "Healthy";
  p["protectionState"] = points.empty() ? "IRPending" : "Protected";
  p["healthStatus"] = "Passed";
  p["healthDetails"] = Json::array();
  p["protectedItemType"] = "Microsoft.Compute/virtualMachines";
  p["backupManagementType"] = "AzureIaasVM";
  p["workloadType"] = "VM";
  p["containerName"] = short_container(item);
  p["sourceResourceId"] = item.vm;
  p["policyId"] = vault.id + "/backupPolicies/DefaultPolicy";
  p["policyName"] = "DefaultPolicy";
  p["policyType"] = "V1";
  const auto latest = std::max_element(points.begin(), points.end(),
                                       [](const PointSpec& a, const PointSpec& b) { return a.time < b.time; });
  if (latest != points.end()) {
    p["lastBackupStatus"] = "Completed";
    p["lastBackupTime"] = iso_utc(latest->time);
    p["lastRecoveryPoint"] = iso_utc(latest->time);
  } else {
    p["lastBackupStatus"] = "";
    p["lastBackupTime"] = "2001-01-01T00:00:00+00:00";  // never
    p["lastRecoveryPoint"] = nullptr;
  }
  if (item.soft_deleted) {
    p["protectionState"] = "ProtectionStopped";
    p["isScheduledForDeferredDelete"] = true;
    p["deferredDeleteTimeRemaining"] = "10.01:02:03";
  }
  p["vaultId"] = base_url + vault.id;
  p["isArchiveEnabled"] = false;
  p["softDeleteRetentionPeriod"] = 0;
  return body;
}

Json point_body(const VaultSpec& vault, const ItemSpec& item, const PointSpec& point, std::string_view version,
                bool detail) {
  Json body;
  body["id"] = item_path(vault, item) + "/recoveryPoints/" + point.name;
  body["name"] = point.name;
  body["type"] = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints";
  Json& p = body["properties"];
  p["objectType"] = "IaasVMRecoveryPoint";
  p["recoveryPointType"] = point.type;
  p["recoveryPointTime"] = iso_utc(point.time);
  p["recoveryPointAdditionalInfo"] = "";
  p["sourceVMStorageType"] = "PremiumVMOnPartialPremiumStorage";
  p["isSourceVMEncrypted"] = point.encrypted;
  p["isInstantIlrSessionActive"] = false;
  p["recoveryPointTierDetails"] = tier_details(point, version);
  p["isManagedVirtualMachine"] = point.managed;
  p["virtualMachineSize"] = point.vm_size;
  p["originalStorageAccountOption"] = point.original_storage_account_option;
  p["osType"] = point.os_type;
  p["recoveryPointDiskConfiguration"] = disk_configuration(item, point, detail);
  if (!point.zones.empty()) p["zones"] = point.zones;
  if (!point.extended_location.empty()) {
    p["extendedLocation"]["name"] = point.extended_location;
    p["extendedLocation"]["type"] = "EdgeZone";
  }
  p["recoveryPointMoveReadinessInfo"]["ArchivedRP"]["isReadyForMove"] = false;
  // The present service also sends more members for the cross-region versions of 2021 and later.
  if (since(version, "2024-01-01") || (is_cross_region(version) && since(version, "2021-01-01"))) {
    p["securityType"] = point.security_type;
    p["isPrivateAccessEnabledOnAnyDisk"] = point.private_access;
    p["createdWithPolicyType"] = "V1";
    if (is_cross_region(version)) p["crossRegionRestoreState"] = "Supported";
  }
  if (!detail) {
    std::string expiry = iso_utc(point.expires.value_or(point.time + std::chrono::days{3650}));
    expiry.pop_back();  // sent without a zone: azure-backup-api.md 2.3
    p["recoveryPointProperties"]["expiryTime"] = expiry;
    p["recoveryPointProperties"]["isSoftDeleted"] = point.soft_deleted;
  }
  return body;
}

Json validation_body(const std::optional<std::vector<Finding>>& findings) {
  Json response = Json::object();
  if (findings) {
    response["validationResults"] = Json::array();
    for (const Finding& finding : *findings) {
      Json row;
      row["code"] = finding.code;
      row["message"] = finding.message;
      row["recommendations"] = finding.recommendations;
      response["validationResults"].push_back(std::move(row));
    }
  }
  Json body;
  body["validateOperationResponse"] = std::move(response);
  return body;
}

Json operation_body(const Operation& operation, OperationPhase phase) {
  Json body;
  const bool across = operation.kind == OperationKind::cross_region_restore;
  const std::string path =
      across ? location_path(*operation.vault, operation.region) + "/backupCrrOperationsStatus/" : "";
  body["id"] = path + operation.id;
  body["name"] = operation.id;
  body["status"] = status_text(phase);
  body["startTime"] = iso_utc(operation.started);
  // The end of a successful operation equals its start; the minimum date means "not yet" (azure-backup-api.md 4.4).
  body["endTime"] = phase == OperationPhase::in_progress ? std::string(minimum_date) : iso_utc(operation.started);
  if (phase == OperationPhase::failed) {
    const bool cancel = operation.kind == OperationKind::cancel;
    body["error"]["code"] = cancel ? "UserErrorJobNotCancellable" : operation.item->restore.error.title;
    body["error"]["message"] = cancel ? operation.failure : operation.item->restore.error.text;
  }
  if (phase != OperationPhase::succeeded || operation.outcome != OperationOutcome::succeeded) return body;
  if (operation.kind == OperationKind::validation) {
    body["properties"] = validation_body(operation.findings);
    body["properties"]["objectType"] = "OperationStatusValidateOperationExtendedInfo";
  } else if (operation.kind != OperationKind::cancel) {
    body["properties"]["objectType"] = "OperationStatusJobExtendedInfo";
    body["properties"]["jobId"] = operation.job_id;
  }
  return body;
}

const char* operation_name(const Job& job) {
  if (job.kind == JobKind::backup) return "Backup";
  return job.region.empty() ? "Restore" : "CrossRegionRestore";
}

Json job_body(const Job& job, std::string_view version, bool detail, Instant now) {
  const JobStatus status = World::status(job, now);
  const Instant until = terminal(status) ? World::end_of(job) : now;
  Json body;
  body["id"] = (job.region.empty() ? job.vault->id : location_path(*job.vault, job.region)) + "/backupJobs/" + job.id;
  body["name"] = job.id;
  body["type"] = "Microsoft.RecoveryServices/vaults/backupJobs";
  Json& p = body["properties"];
  p["jobType"] = "AzureIaaSVMJob";
  add_actions(p, job, version, now);
  p["containerName"] = short_container(*job.item);
  p["duration"] =
      since(version, "2018-01-01") ? iso_duration(until - job.started) : clock_duration(until - job.started);
  const bool trouble = status == JobStatus::failed || status == JobStatus::completed_with_warnings;
  if (trouble) p["errorDetails"] = error_details(job.item->restore.error);
  p["virtualMachineVersion"] = "Compute";
  if (detail) p["extendedInfo"] = job_details(job, version, now);
  p["entityFriendlyName"] = last_segment(job.item->vm);
  p["backupManagementType"] = "AzureIaasVM";
  p["operation"] = operation_name(job);
  p["status"] = status_text(status);
  p["startTime"] = iso_utc(job.started);
  if (terminal(status)) p["endTime"] = iso_utc(until);
  p["activityId"] = job.activity_id;
  return body;
}

}  // namespace azsim
