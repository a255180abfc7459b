#include "core/view/left_behind.hpp"

#include "core/view/azure_report.hpp"

namespace azrestored {
namespace {

/// How much Azure reports of the restored disks.
std::string disks_sentence(const Job& job) {
  const std::string group = target_group_name(job);
  const std::string where = group.empty() ? "in Azure" : "in resource group " + group;
  const std::string disks = reported_text(job, "Restored disk(s)");
  if (!disks.empty()) return "Azure reports these restored disks, which stay " + where + ": " + disks;
  const std::string task = completed_transfer(job);
  if (!task.empty()) {
    return "Azure completed the task \"" + task + "\", so restored disks are probably " + where +
           " and stay there; Azure does not report their names";
  }
  return "Azure does not report which disks it restored; some may have been created " + where +
         ", and would stay there";
}

std::string retry_sentence(const Job& job) {
  const std::string again = "a retry restores all disks once more and leaves these where they are";
  if (job.recovery_type == "AlternateLocation") {
    const std::string reported_name = reported_text(job, "Target VM Name");
    const bool is_known = !reported_name.empty() && reported_name != "vmName";
    return again + "; then it creates VM " + (is_known ? reported_name : "of the job file") +
           ", whose name must not be in use by then: delete what is left first, or create a VM from these disks "
           "instead of a retry";
  }
  if (job.recovery_type == "OriginalLocation") {
    return again + "; then it replaces the disks of VM " + job.vm + ": look first which disks the VM has now";
  }
  return again + ": delete what you do not need";
}

bool ended_badly_in_azure(const Job& job) {
  const bool ended_badly = std::holds_alternative<Failed>(job.state) || std::holds_alternative<Cancelled>(job.state);
  return ended_badly && !job.progress.azure_job_id.empty();
}

}  // namespace

std::vector<std::string> left_behind_of(const Job& job) {
  if (!ended_badly_in_azure(job)) return {};
  return {disks_sentence(job), retry_sentence(job)};
}

}  // namespace azrestored
