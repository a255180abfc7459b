#include "core/jobfile/intake.hpp"

#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// What people call the job: its own name, else the file's, else (azrestorectl names files by the job's id) the VM's.
std::string display_name(const JobSpec& spec, std::string_view file_name) {
  if (!spec.name.empty()) return spec.name;
  constexpr std::string_view ending = ".json";
  if (file_name.size() > ending.size() && iequals(file_name.substr(file_name.size() - ending.size()), ending)) {
    file_name.remove_suffix(ending.size());
  }
  return file_name.empty() || is_job_id(to_lower(file_name)) ? spec.vm_name() : std::string(file_name);
}

}  // namespace

std::pair<NewJob, HistoryLine> new_job(const JobSpec& spec, std::string text, const Submission& submission) {
  NewJob added;
  Job& job = added.job;
  job.id = submission.id;
  job.name = display_name(spec, submission.file_name);
  job.vault = spec.vault;
  job.vm = spec.vm_name();
  job.recovery_type = to_text(spec.type);
  job.priority = spec.priority;
  job.storage_account = to_lower(spec.storage_account());
  job.target_group = to_lower(spec.target_group());
  job.submitter_uid = submission.uid;
  job.created_at = submission.at;
  job.since = submission.at;
  job.not_before = Instant{};  // at once, however the clock is set until somebody looks
  job.state = Queued{};
  added.spec = std::move(text);

  HistoryLine line;
  line.at = submission.at;
  line.to = state_name(job.state);  // from no state: this is where the job begins
  line.cause = "submitted";
  line.detail =
      "Accepted from \"" + printable(submission.file_name) + "\", owned by uid " + std::to_string(submission.uid) + ".";
  return {std::move(added), std::move(line)};
}

bool is_job_id(std::string_view text) {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = text[i];
    const bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (form[i] == '-' ? c != '-' : !is_digit) return false;
  }
  return true;
}

}  // namespace azrestored
