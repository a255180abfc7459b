// explain(), state by state: why a job is in its state. The visitor lists every state, so a new state without a
// sentence does not compile.
#include <cmath>

#include "core/azure/problem.hpp"
#include "core/base/text.hpp"
#include "core/view/explain.hpp"

namespace azrestored {
namespace {

std::string moment(Instant at) {
  return to_rfc3339(std::chrono::floor<std::chrono::seconds>(at));
}

std::string point_of(const Job& job) {
  if (!job.progress.point) return "the recovery point";
  return "recovery point " + job.progress.point->id + " of " + moment(job.progress.point->time);
}

/// "Backup job 1234 (InProgress, 40 %)"
std::string azure_job(const Job& job) {
  const Progress& progress = job.progress;
  std::string status = progress.azure_status;
  if (progress.percent) {
    if (!status.empty()) status += ", ";
    status += std::to_string(std::lround(*progress.percent)) + " %";
  }
  return "backup job " + progress.azure_job_id + (status.empty() ? "" : " (" + status + ")");
}

/// "Backup job 1234". For a finished job, whose state shows the outcome.
std::string ended_job(const Job& job) {
  return "backup job " + job.progress.azure_job_id;
}

std::string ending(const std::optional<Problem>& problem) {
  return problem ? ": " + problem->text() : "; the reason is not known";
}

std::string is_of(std::size_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

/// RestoreDisks ends without a VM, which surprises people who restore a VM.
std::string only_disks(const Job& job) {
  return job.recovery_type == "RestoreDisks" ? "; the disks are restored, and no VM was created" : "";
}

struct Why {
  const Job& job;
  const Progress& progress = job.progress;

  std::string operator()(const Queued&) const {
    if (progress.earlier.empty()) return "the job is accepted and saved; no restore was started";
    return "an operator retried the job; this is attempt " + std::to_string(progress.earlier.size() + 1) +
           ", and it has started no restore yet";
  }
  std::string operator()(const Resolving&) const {
    if (!progress.item) return "the job looks for the VM among the vault's protected items; nothing was started yet";
    if (!progress.region || !progress.vault)
      return "the VM is found; the job reads the vault's settings; nothing was started yet";
    return "the VM is found; the job chooses the recovery point; nothing was started yet";
  }
  std::string operator()(const Validating& state) const {
    return point_of(job) + " is chosen, and " +
           (state.url.empty() ? "azrestored is about to ask Azure" : "azrestored has asked Azure") +
           " whether it would accept the restore request (the pre-flight); nothing was started yet";
  }
  std::string operator()(const Triggering& state) const {
    if (state.sent)
      return "the request to restore " + point_of(job) + " is being sent, with request id " + progress.request_id;
    if (progress.attempts > 0)
      return "an earlier request got no clear response, and a search showed that it started nothing; it is sent again "
             "with the same request id";
    return point_of(job) + " is chosen; the request to restore it was not sent, or started nothing";
  }
  std::string operator()(const InDoubt& state) const {
    if (state.accepted)
      return "Azure accepted the restore, then its operation disappeared; azrestored searches for the backup job by "
             "our request id and sends nothing meanwhile";
    return "a restore was requested at " + moment(progress.posted_at) +
           ", and it is not known whether it started; azrestored searches the vault's backup jobs for our request id " +
           progress.request_id + " and sends nothing meanwhile" +
           (progress.problem && job.failures == 0 ? "; " + progress.problem->text() : "");
  }
  std::string operator()(const Polling& state) const {
    return "Azure accepted the restore at " + moment(state.accepted_at) + "; its operation " + progress.operation_id +
           " has not named the backup job yet";
  }
  std::string operator()(const Rehydrating&) const {
    return azure_job(job) + " first rehydrates " + point_of(job) + " from the archive tier, which takes hours";
  }
  std::string operator()(const Tracking&) const { return azure_job(job) + " runs in Azure"; }
  std::string operator()(const Cancelling& state) const {
    switch (state.phase) {
      case Cancelling::Phase::asking:
        return "an operator requested a cancel; azrestored sends the cancel request for " + azure_job(job);
      case Cancelling::Phase::following:
        return "an operator requested a cancel; Azure accepted the cancel request for " + azure_job(job) +
               " and has not confirmed it yet";
      case Cancelling::Phase::watching:
        return "an operator requested a cancel (" + progress.cancel_answer + "); " + azure_job(job) +
               " has not finished yet";
    }
    return "";
  }
  std::string operator()(const Held& state) const {
    const bool by_person = progress.problem && progress.problem->code == "HeldByPerson";
    if (by_person) return "an operator put the job on hold; no restore was started";
    if (!state.may_be_running)
      return "the job needs an operator, and no restore was started" + ending(progress.problem);
    const std::string which =
        progress.azure_job_id.empty() ? "with request id " + progress.request_id : "as " + azure_job(job);
    return "the job needs an operator, because azrestored cannot know what happened" + ending(progress.problem) +
           "; a restore may be running in Azure " + which + ", so nothing is sent";
  }
  std::string operator()(const Succeeded&) const {
    return ended_job(job) + " succeeded" + only_disks(job) +
           (progress.unchecked.empty() ? ""
                                       : "; " + is_of(progress.unchecked.size(), "requested setting") +
                                             " could not be checked, because Azure does not report this");
  }
  std::string operator()(const SucceededWithWarnings&) const {
    std::string why =
        ended_job(job) + " completed with warnings" + (progress.problem ? ": " + progress.problem->text() : "");
    if (progress.findings.empty())
      return why + (progress.problem ? "" : ", which Azure does not name; read its tasks in `azrestorectl show`");
    while (why.ends_with('.')) why.pop_back();
    return why + "; not all of what was requested is done, see " + is_of(progress.findings.size(), "finding");
  }
  std::string operator()(const SucceededWithFindings&) const {
    return ended_job(job) + " succeeded, but the result that Azure reports differs from the job file in " +
           is_of(progress.findings.size(), "point");
  }
  std::string operator()(const Failed&) const {
    if (!progress.azure_job_id.empty()) return ended_job(job) + " failed in Azure" + ending(progress.problem);
    if (!progress.operation_id.empty())
      return "Azure accepted the restore, but its operation failed before it named a backup job" +
             ending(progress.problem);
    if (progress.attempts > 0) return "Azure refused the request; no restore was started" + ending(progress.problem);
    return "the job failed before it requested a restore" + ending(progress.problem);
  }
  std::string operator()(const Cancelled&) const {
    if (progress.azure_job_id.empty()) return "the job was cancelled, and nothing was started in Azure";
    return ended_job(job) + " was cancelled; the resources that it had already created in the target still exist";
  }
};

/// The failures of a job that continues.
std::string trouble_of(const Job& job) {
  if (is_at_rest(job.state) || job.failures == 0 || !job.progress.problem) return "";
  return "; " +
         (job.failures == 1 ? std::string("the last try") : "the last " + std::to_string(job.failures) + " tries") +
         " failed: " + job.progress.problem->text();
}

/// A saved cancel request that azrestored cannot carry out yet. For a job that is being cancelled, the state shows it.
std::string cancel_request_of(const Job& job) {
  const bool waits = job.progress.cancel_requested_at && !is_at_rest(job.state);
  if (!waits || std::holds_alternative<Cancelling>(job.state)) return "";
  return "; an operator requested a cancel: " + job.progress.cancel_answer;
}

}  // namespace

std::string why_of(const Job& job) {
  std::string why = std::visit(Why{job}, job.state);
  why += trouble_of(job) + cancel_request_of(job);
  while (why.ends_with('.')) why.pop_back();  // the full stop of Azure's sentence
  return capitalized(std::move(why)) + ".";
}

}  // namespace azrestored
