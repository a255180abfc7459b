#include "core/jobfile/intake.hpp"

#include <utility>

#include "core/base/case_folding.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/job/event.hpp"
#include "core/job/job_id.hpp"
#include "core/jobfile/job_file.hpp"

namespace azrestored {
namespace {

/// The name of the job: the name in the job file, otherwise the file's name, otherwise the VM's name. azrestorectl
/// names files by the job's id, which is not used as a name.
std::string display_name(const JobSpec& spec, std::string_view file_name) {
  if (!spec.name.empty()) return spec.name;
  constexpr std::string_view ending = ".json";
  if (file_name.size() > ending.size() && iequals(file_name.substr(file_name.size() - ending.size()), ending)) {
    file_name.remove_suffix(ending.size());
  }
  return file_name.empty() || is_job_id(to_lower(file_name)) ? spec.vm_name() : std::string(file_name);
}

}  // namespace

std::optional<Intake> read_intake(std::string text, const Submission& submission, std::vector<Fault>& faults) {
  const std::optional<JobSpec> spec = read_job_spec(text, faults);
  if (!spec) return std::nullopt;
  return new_job(*spec, std::move(text), submission);
}

std::vector<NewEntry> entries_of(Intake intake) {
  std::vector<NewEntry> entries;
  entries.push_back(std::get<NewEntry>(std::move(intake)));
  return entries;
}

NewEntry new_job(const JobSpec& spec, std::string text, const Submission& submission) {
  NewJob added;
  Job& job = added.job;
  job.id = submission.id;
  job.name = display_name(spec, submission.file_name);
  job.vault = spec.vault;
  job.vm = spec.vm_name();
  job.recovery_type = to_text(spec.type);
  job.priority = spec.priority;
  job.storage_account = fold_case(spec.storage_account());
  job.target_group = fold_case(spec.target_group());
  job.submitter_uid = submission.uid;
  job.created_at = submission.at;
  job.since = submission.at;
  job.not_before = Instant{};  // at once, even if the clock is set back before the job is read
  job.state = Queued{};
  added.spec = std::move(text);

  HistoryLine line;
  line.at = submission.at;
  line.to = state_name(job.state);  // `from` is empty: this is the job's first line
  line.cause = "submitted";
  line.detail =
      "Accepted from \"" + printable(submission.file_name) + "\", owned by uid " + std::to_string(submission.uid) + ".";
  return {std::move(added), std::move(line)};
}

}  // namespace azrestored
