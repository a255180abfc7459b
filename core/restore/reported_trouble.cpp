#include "core/restore/reported_trouble.hpp"

#include <nlohmann/json.hpp>

#include "core/azure/status_words.hpp"
#include "core/base/utf8.hpp"
#include "core/json/lenient.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// "OlrBackupFailed: a snapshot of the VM could not be taken", without a full stop; "" if Azure says nothing.
std::string error_text(const json& error) {
  std::string name = text(error, "errorTitle");
  if (name.empty()) name = text(error, "errorCode");
  std::string sentence = text(error, "errorString");
  while (sentence.ends_with('.')) sentence.pop_back();
  return name + (name.empty() || sentence.empty() ? "" : ": ") + sentence;
}

/// The end of the sentence "the task X ..."; "" if the task is done or still counts as running.
std::string trouble_of(TaskStatus status, bool has_warnings) {
  switch (status) {
    case TaskStatus::failed:
      return "failed";
    case TaskStatus::skipped:
      return "was skipped";
    case TaskStatus::cancelled:
      return "was cancelled";
    case TaskStatus::not_started:  // tasks of a job that completed can lag behind it (azure-backup-api.md 12.1)
      return has_warnings ? "was never started" : "";
    case TaskStatus::completed_with_warnings:
      return "completed with warnings";
    case TaskStatus::running:
    case TaskStatus::completed:
    case TaskStatus::unknown:
      break;
  }
  return "";
}

}  // namespace

std::vector<std::string> reported_trouble(const json& outcome) {
  std::vector<std::string> findings;
  for (const json& error : member(outcome, "errorDetails")) {
    if (const std::string sentence = error_text(error); !sentence.empty()) findings.push_back(printable(sentence));
  }
  const bool has_warnings = backup_job_status(text(outcome, "status")) == BackupJobStatus::completed_with_warnings;
  for (const json& task : member(outcome, "tasks")) {
    const std::string trouble = trouble_of(task_status(text(task, "status")), has_warnings);
    if (trouble.empty()) continue;
    const std::string details = text(task, "details");
    findings.push_back("the task \"" + printable(text(task, "task")) + "\" " + trouble +
                       (details.empty() ? "" : " (" + printable(details) + ")"));
  }
  return findings;
}

}  // namespace azrestored
