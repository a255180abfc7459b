#include "core/view/azure_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/azure/arm_id.hpp"
#include "core/base/text.hpp"
#include "core/json/lenient.hpp"

namespace azrestored {

std::string reported_text(const Job& job, const char* key) {
  if (!job.progress.outcome) return "";
  return text(member(*job.progress.outcome, "propertyBag"), key);
}

std::string completed_transfer(const Job& job) {
  if (!job.progress.outcome) return "";
  const nlohmann::json& tasks = member(*job.progress.outcome, "tasks");
  if (!tasks.is_array()) return "";
  const auto found = std::ranges::find_if(tasks, [](const nlohmann::json& task) {
    return istarts_with(text(task, "task"), "transfer data") && iequals(text(task, "status"), "Completed");
  });
  return found == tasks.end() ? "" : text(*found, "task");
}

std::string target_group_name(const Job& job) {
  const std::string name = reported_text(job, "Target resource group");
  return name.empty() ? last_segment(job.target_group) : name;
}

}  // namespace azrestored
