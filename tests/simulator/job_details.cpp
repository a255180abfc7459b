// See job_details.hpp. The data transfer takes the first four fifths of a job; the tasks after it depend on the
// recovery type.
#include "job_details.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "azure_json.hpp"
#include "text.hpp"

namespace azsim {
namespace {

constexpr double transfer_fraction = 0.8;

std::string text_of(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

constexpr std::string_view transfer_task = "Transfer data from vault";

std::vector<std::string_view> task_names(const Job& job) {
  if (job.kind == JobKind::backup) return {"Take Snapshot", "Transfer data to vault"};
  std::vector<std::string_view> names;
  if (job.rehydrated) names.emplace_back("Rehydrate recovery point");
  names.push_back(transfer_task);
  if (job.recovery_type == "AlternateLocation") names.emplace_back("Create the restored virtual machine");
  if (job.recovery_type == "OriginalLocation") names.emplace_back("Update the virtual machine");
  return names;
}

/// Of the part after a rehydration, or of the whole job if there is none.
double fraction_of_transfer(const Job& job, Instant now) {
  const Instant until = std::min(now, World::end_of(job));
  if (!job.rehydrated) return World::fraction_done(job, now);
  if (until < *job.rehydrated) return 0;
  const auto whole = static_cast<double>((job.ends - *job.rehydrated).count());
  return whole <= 0 ? 1 : std::clamp(static_cast<double>((until - *job.rehydrated).count()) / whole, 0.0, 1.0);
}

/// The running task, or the last one if the job has ended.
std::size_t current_task(const Job& job, std::size_t count, bool finished, double transferred, Instant now) {
  if (finished || transferred >= transfer_fraction) return count - 1;
  const bool rehydrating = job.rehydrated && std::min(now, World::end_of(job)) < *job.rehydrated;
  return job.rehydrated && !rehydrating ? 1 : 0;
}

/// The state of the running or last task.
const char* running_task_text(JobStatus status) {
  switch (status) {
    case JobStatus::in_progress:
    case JobStatus::cancelling:
      return "InProgress";
    case JobStatus::completed:
    case JobStatus::completed_with_warnings:
      return "Completed";
    case JobStatus::failed:
      return "Failed";
    case JobStatus::cancelled:
      return "Cancelled";
  }
  return "Invalid";
}

Json tasks(const Job& job, std::string_view version, JobStatus status, Instant now) {
  const auto& scripted = job.item->restore.end_tasks;
  if (terminal(status) && job.kind != JobKind::backup && !scripted.empty()) {
    Json list = Json::array();
    for (const auto& [name, word] : scripted)
      list.push_back({{"taskId", name}, {"duration", "PT0S"}, {"status", word}});
    return list;
  }
  const auto names = task_names(job);
  const bool finished = status == JobStatus::completed || status == JobStatus::completed_with_warnings;
  const double fraction = fraction_of_transfer(job, now);
  const std::size_t current = current_task(job, names.size(), finished, fraction, now);
  Json list = Json::array();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Json task;
    task["taskId"] = names[i];
    task["duration"] = since(version, "2018-01-01") ? "PT0S" : "00:00:00";  // also while it runs: 5.4
    task["status"] = i < current ? "Completed" : i > current ? "NotStarted" : running_task_text(status);
    if (names[i] == transfer_task) {
      const double moved = finished ? 1 : std::min(fraction / transfer_fraction, 1.0);
      task["taskExecutionDetails"] =
          std::to_string(static_cast<int>(std::lround(moved * 64))) + " GBs / 64 GBs Transferred";
    }
    if (since(version, "2024-01-01")) task["taskType"] = "Normal";
    list.push_back(std::move(task));
  }
  return list;
}

void add_blobs(Json& bag, const Job& job, const std::string& account) {
  const std::string vm = last_segment(job.item->vm);
  const std::string container = lower(vm) + "-" + job.id.substr(0, 8);
  const std::string uri = "https://" + account + ".blob.core.windows.net/" + container + "/";
  const std::string config = "config-" + lower(vm) + "-" + job.id + ".json";
  bag["Config Blob Name"] = config;
  bag["Config Blob Container Name"] = container;
  bag["Config Blob Uri"] = uri + config;
  bag["Template Blob Uri"] = uri + "azuredeploy" + job.id + ".json";
}

/// The requested disks, and those in the point; the disk of the operating system is always among them
/// (azure-backup-api.md 3.4).
void add_disks(Json& bag, const Job& job) {
  const auto asked = job.properties.find("restoreDiskLunList");
  const bool all = asked == job.properties.end() || asked->is_null();
  const std::string vm = last_segment(job.item->vm);
  std::string held = disk_name(vm, -1), restored = held;
  for (const int lun : job.point->disks) {
    held += "; " + disk_name(vm, lun);
    if (all || std::find(asked->begin(), asked->end(), lun) != asked->end()) restored += "; " + disk_name(vm, lun);
  }
  bag["Restored disk(s)"] = restored;
  bag["Backed-up disk(s)"] = held;
}

Json property_bag(const Job& job, JobStatus status) {
  Json bag;
  const std::string vm = last_segment(job.item->vm);
  if (job.kind == JobKind::backup) {
    bag["VM Name"] = vm;
    bag["Backup Size"] = "4096 MB";
    return bag;
  }
  const Json& p = job.properties;
  const bool finished = status == JobStatus::completed || status == JobStatus::completed_with_warnings;
  std::string account = last_segment(text_of(p, "storageAccountId"));
  const auto details = p.find("identityBasedRestoreDetails");
  if (account.empty() && details != p.end() && details->is_object())
    account = last_segment(text_of(*details, "targetStorageAccountId"));
  std::string group = last_segment(text_of(p, "targetResourceGroupId"));
  if (job.recovery_type == "AlternateLocation") {
    const std::string network = text_of(p, "virtualNetworkId");
    bag["Job Type"] = "Recover VM to an alternate location";
    bag["Original VM Name"] = vm;
    bag["Target VM Name"] = last_segment(text_of(p, "targetVirtualMachineId"));
    bag["Target VNet Name"] = "Group " + segment_after(network, "resourceGroups") + " " + last_segment(network);
  } else if (job.recovery_type == "OriginalLocation") {
    bag["Job Type"] = "Replace disks";
    bag["Target VM Name"] = vm;
    group = segment_after(job.item->vm, "resourceGroups");
  } else {
    bag["Job Type"] = "Recover disks";
    bag["Target VM Name"] = "vmName";  // the service sends this value: azure-backup-api.md 12.1
  }
  bag["Target Storage Account Name"] = account;
  bag["Recovery point time "] = us_text(job.point->time);  // the key ends with a space: azure-backup-api.md 5.5
  if (!group.empty()) bag["Target resource group"] = group;
  if (finished && job.recovery_type == "RestoreDisks") {
    add_blobs(bag, job, account);
    add_disks(bag, job);
  }
  if (!job.region.empty()) {
    bag["Subscription Id of the vault"] = segment_after(job.vault->id, "subscriptions");
    bag["Resource Group Name of the vault"] = segment_after(job.vault->id, "resourceGroups");
    bag["Vault name"] = last_segment(job.vault->id);
  }
  for (const auto& [key, value] : job.item->restore.property_bag) {
    bag.erase(key);
    if (value) bag[key] = *value;
  }
  return bag;
}

}  // namespace

Json job_details(const Job& job, std::string_view version, Instant now) {
  const JobStatus status = World::status(job, now);
  const double fraction = World::fraction_done(job, now);
  Json info;
  info["tasksList"] = tasks(job, version, status, now);
  info["propertyBag"] = property_bag(job, status);
  if (job.kind == JobKind::backup) return info;
  info["internalPropertyBag"]["restoreLocationType"] = job.recovery_type;
  if (terminal(status)) {
    if (status == JobStatus::completed || status == JobStatus::completed_with_warnings)
      info["progressPercentage"] = 100.0;
    info["estimatedRemainingDuration"] = "PT0S";
  } else {
    info["progressPercentage"] = std::clamp(std::round(fraction * 1000) / 10, 1.0, 99.0);
    info["estimatedRemainingDuration"] = iso_duration(std::max(job.ends - now, Ticks{0}));
    info["dynamicErrorMessage"] = "";
  }
  return info;
}

}  // namespace azsim
