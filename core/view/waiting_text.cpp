#include "core/view/waiting_text.hpp"

#include <string_view>

#include "core/azure/arm_id.hpp"

namespace azrestored {
namespace {

std::string where(ConcurrencyLimit cap, const Job& job) {
  switch (cap) {
    case ConcurrencyLimit::subscription:
      return "in subscription " + job.vault.subscription;
    case ConcurrencyLimit::vault:
      return "in vault " + job.vault.name;
    case ConcurrencyLimit::storage_account:
      return "for storage account " + last_segment(job.storage_account);
    case ConcurrencyLimit::target_group:
      return "in resource group " + last_segment(job.target_group);
  }
  return "";
}

std::string fullness(std::size_t used, int max, std::string_view setting) {
  std::string words = ", where " + std::to_string(used) + " of " + std::to_string(max) + " are in use (";
  words += setting;
  return words + ")";
}

struct Words {
  const Job& job;

  std::string operator()(const LimitWait& wait) const {
    return "a slot " + where(wait.limit, job) +
           fullness(static_cast<std::size_t>(wait.used), wait.max, setting_of(wait.limit));
  }
  std::string operator()(PreparationWait) const {
    return "a slot among the jobs that prepare a restore, where all " + std::to_string(Admission::max_preparing) +
           " are in use";
  }
  std::string operator()(const ActiveJobsWait& wait) const {
    const std::string words = "a slot among the active jobs";
    return wait.usage ? words + fullness(wait.usage->used, wait.usage->max, "limits.activeJobs") : words;
  }
  std::string operator()(const QuotaWait& wait) const {
    std::string words = "Azure's quota of ";
    if (wait.limit_per_hour) words += std::to_string(*wait.limit_per_hour) + " an hour for ";
    words += wait.is_read ? "reads of " : "requests to ";
    return words + wait.action;
  }
  std::string operator()(const VaultReadWait& wait) const {
    switch (wait.what) {
      case VaultReadWait::What::items:
        return "the list of the vault's protected VMs, which is read once for all its jobs";
      case VaultReadWait::What::settings:
        return "the vault's settings, which are read once for all its jobs";
      case VaultReadWait::What::guard:
        return "the vault's Resource Guard, which is read once for all its jobs";
    }
    return "";
  }
};

}  // namespace

std::string waiting_text(const Job& job, const WaitReason& reason) {
  std::string words = std::visit(Words{job}, reason.what);
  if (reason.queue_position) words += "; position " + std::to_string(*reason.queue_position) + " in queue";
  return words;
}

}  // namespace azrestored
