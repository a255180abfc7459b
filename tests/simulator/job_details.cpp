// See job_details.hpp. The data transfer takes the first four fifths of a job; what follows depends on the recovery
// type.
#include "job_details.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "azure_json.hpp"
#include "text.hpp"

namespace azsim {
namespace {

constexpr double transfer_share = 0.8;

std::string text_of(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::vector<const char*> task_names(const Job& job) {
  if (job.kind == JobKind::backup) return {"Take Snapshot", "Transfer data to vault"};
  if (job.recovery_type == "AlternateLocation")
    return {"Transfer data from vault", "Create the restored virtual machine"};
  if (job.recovery_type == "OriginalLocation") return {"Transfer data from vault", "Update the virtual machine"};
  return {"Transfer data from vault"};
}

/// The state of the task that is (or was last) at work.
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

Json tasks(const Job& job, std::string_view version, JobStatus status, double fraction) {
  const auto names = task_names(job);
  const bool finished = status == JobStatus::completed || status == JobStatus::completed_with_warnings;
  const std::size_t current = finished || fraction >= transfer_share ? names.size() - 1 : 0;
  Json list = Json::array();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Json task;
    task["taskId"] = names[i];
    task["duration"] = since(version, "2018-01-01") ? "PT0S" : "00:00:00";  // stays so while it runs: API.md 5.4
    task["status"] = i < current ? "Completed" : i > current ? "NotStarted" : running_task_text(status);
    if (i == 0 && job.kind == JobKind::restore) {
      const double moved = finished ? 1 : std::min(fraction / transfer_share, 1.0);
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
    bag["Target VM Name"] = "vmName";  // the service really sends this word: API.md 12.1
  }
  bag["Target Storage Account Name"] = account;
  bag["Recovery point time "] = us_text(job.point->time);  // the key ends with a blank: API.md 5.5
  if (!group.empty()) bag["Target resource group"] = group;
  if (finished && job.recovery_type == "RestoreDisks") add_blobs(bag, job, account);
  return bag;
}

}  // namespace

Json job_details(const Job& job, std::string_view version, Instant now) {
  const JobStatus status = World::status(job, now);
  const double fraction = World::fraction_done(job, now);
  Json info;
  info["tasksList"] = tasks(job, version, status, fraction);
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
