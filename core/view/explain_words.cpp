// explain(), state by state: why a job is where it is, and what it does next by itself. The first visitor lists every
// state, so that a new one cannot be forgotten.
#include <cmath>

#include "core/azure/problem.hpp"
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

/// Of a job that has ended, where the last word of its status is in the state.
std::string ended_job(const Job& job) {
  return "backup job " + job.progress.azure_job_id;
}

std::string ending(const std::optional<Problem>& problem) {
  return problem ? ": " + problem->text() : ", and gave no reason";
}

std::string is_of(std::size_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

struct Why {
  const Job& job;
  const Progress& progress = job.progress;

  std::string operator()(const Queued&) const {
    if (progress.earlier.empty()) return "it is accepted and durable; no restore has been started";
    return "a person started it again, as attempt " + std::to_string(progress.earlier.size() + 1) +
           "; no restore has been started by this attempt";
  }
  std::string operator()(const Resolving&) const {
    if (!progress.item) return "it is looking for the VM among the vault's protected items; nothing is started yet";
    if (!progress.region || !progress.vault)
      return "the VM is found; it is reading what the vault allows; nothing is started yet";
    return "the VM is found; it is choosing the recovery point; nothing is started yet";
  }
  std::string operator()(const Validating& state) const {
    return point_of(job) + " is chosen, and " +
           (state.url.empty() ? "the service is about to be asked" : "the service has been asked") +
           " whether it would take the restore (its pre-flight); nothing is started yet";
  }
  std::string operator()(const Triggering& state) const {
    if (state.sent)
      return "the request to restore " + point_of(job) + " is on its way, with request id " + progress.request_id;
    if (progress.attempts > 0)
      return "an earlier request got no clear answer and was seen to have started nothing; it is sent again with the "
             "same request id";
    return point_of(job) + " is chosen; the request to restore it has not been sent, or has started nothing";
  }
  std::string operator()(const InDoubt& state) const {
    if (state.accepted)
      return "Azure accepted the restore and then lost its operation; the backup job that it started is searched by "
             "our request id, and nothing is sent meanwhile";
    return "a restore was requested at " + moment(progress.posted_at) +
           " and it is not clear whether one was started; the vault's jobs are searched for our request id " +
           progress.request_id + ", and nothing is sent meanwhile" +
           (progress.problem && job.failures == 0 ? "; " + progress.problem->text() : "");
  }
  std::string operator()(const Polling& state) const {
    return "Azure accepted the restore at " + moment(state.accepted_at) + "; its operation " + progress.operation_id +
           " has not named the backup job yet";
  }
  std::string operator()(const Rehydrating&) const {
    return azure_job(job) + " first brings " + point_of(job) + " back from the archive, which takes hours";
  }
  std::string operator()(const Tracking&) const { return azure_job(job) + " runs in Azure"; }
  std::string operator()(const Cancelling& state) const {
    switch (state.phase) {
      case Cancelling::Phase::asking:
        return "a person asked to cancel; Azure is being asked to cancel " + azure_job(job);
      case Cancelling::Phase::following:
        return "a person asked to cancel; Azure took the wish for " + azure_job(job) + " and has not answered yet";
      case Cancelling::Phase::watching:
        return "Azure answered the wish to cancel (" + progress.cancel_answer + "); " + azure_job(job) +
               " has not ended yet";
    }
    return "";
  }
  std::string operator()(const Held& state) const {
    const bool by_person = progress.problem && progress.problem->code == "HeldByPerson";
    if (by_person) return "a person holds it back; no restore was started";
    if (!state.may_be_running) return "it waits for a person, and no restore was started" + ending(progress.problem);
    const std::string which =
        progress.azure_job_id.empty() ? "with request id " + progress.request_id : "as " + azure_job(job);
    return "going on would be a guess" + ending(progress.problem) + "; a restore may be running in Azure " + which +
           ", so nothing is sent";
  }
  std::string operator()(const Succeeded&) const {
    return ended_job(job) + " ended well" +
           (progress.unchecked.empty() ? ""
                                       : "; " + is_of(progress.unchecked.size(), "thing") +
                                             " asked for could not be checked, because Azure does not report on it");
  }
  std::string operator()(const SucceededWithWarnings&) const {
    return ended_job(job) + " ended well, with warnings" +
           (progress.problem ? ": " + progress.problem->text() : " of Azure's");
  }
  std::string operator()(const SucceededWithFindings&) const {
    return ended_job(job) + " ended well, but what Azure reports differs from what was asked in " +
           is_of(progress.findings.size(), "point");
  }
  std::string operator()(const Failed&) const {
    if (!progress.azure_job_id.empty()) return ended_job(job) + " failed in Azure" + ending(progress.problem);
    if (!progress.operation_id.empty())
      return "Azure accepted the restore, and its operation failed before a backup job was named" +
             ending(progress.problem);
    if (progress.attempts > 0) return "Azure refused the request; no restore was started" + ending(progress.problem);
    return "it ended before a restore was requested" + ending(progress.problem);
  }
  std::string operator()(const Cancelled&) const {
    if (progress.azure_job_id.empty()) return "it was cancelled, and nothing was started in Azure";
    return ended_job(job) + " was cancelled; what it had already created in the target is still there";
  }
};

/// What a search that finds nothing leads to.
std::string after_search(const Job& job, const InDoubt& state) {
  if (state.accepted) return "the job is held for a person";
  if (job.progress.refusal) return "the job fails with Azure's refusal";
  if (job.progress.cancel_requested_at) return "the job is cancelled";
  return "the request is sent again, with the same id";
}

struct NextStep {
  const Job& job;

  std::string operator()(const Queued&) const {
    return "it starts in its turn, once a place is free (limits.activeJobs) and no cap that concerns it is full";
  }
  std::string operator()(const Resolving&) const { return "it goes on reading, and saves what it finds"; }
  std::string operator()(const Validating& state) const {
    return state.url.empty() ? "it asks the service's pre-flight" : "it reads what the service's pre-flight has found";
  }
  std::string operator()(const Triggering& state) const {
    if (!state.sent) return "it sends the request to restore";
    return "it reads Azure's answer; if none comes, it looks for the restore before it sends anything again";
  }
  std::string operator()(const InDoubt& state) const {
    return "it looks for the backup job again; if none has shown up by " +
           moment(std::chrono::ceil<std::chrono::seconds>(state.quiet_until)) + ", " + after_search(job, state);
  }
  std::string operator()(const Polling&) const { return "it asks Azure's operation again"; }
  std::string operator()(const Rehydrating&) const { return reads_job; }
  std::string operator()(const Tracking&) const { return reads_job; }
  std::string operator()(const Cancelling& state) const {
    switch (state.phase) {
      case Cancelling::Phase::asking:
        return "it asks Azure to cancel";
      case Cancelling::Phase::following:
        return "it reads Azure's answer to the wish to cancel";
      case Cancelling::Phase::watching:
        return reads_job;
    }
    return "";
  }
  template <RestingState S>
  std::string operator()(const S&) const {
    return "";
  }

  static constexpr const char* reads_job =
      "the vault's job list is read for it, and its details when that list says that it ended";
};

/// What has gone wrong on the way without ending the job.
std::string trouble_of(const Job& job) {
  if (is_at_rest(job.state) || job.failures == 0 || !job.progress.problem) return "";
  return "; " +
         (job.failures == 1 ? std::string("the last try") : "the last " + std::to_string(job.failures) + " tries") +
         " failed: " + job.progress.problem->text();
}

/// A wish to cancel that waits for something to become clear; of a job that is being cancelled the state tells.
std::string wish_of(const Job& job) {
  const bool waits = job.progress.cancel_requested_at && !is_at_rest(job.state);
  if (!waits || std::holds_alternative<Cancelling>(job.state)) return "";
  return "; a person asked to cancel: " + job.progress.cancel_answer;
}

std::string capitalized(std::string sentence) {
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] = static_cast<char>(sentence[0] - 32);
  return sentence;
}

}  // namespace

std::string why_of(const Job& job) {
  std::string why = std::visit(Why{job}, job.state);
  why += trouble_of(job) + wish_of(job);
  while (why.ends_with('.')) why.pop_back();  // of the service's own sentence
  return capitalized(std::move(why)) + ".";
}

std::string next_step_of(const Job& job) {
  return capitalized(std::visit(NextStep{job}, job.state));
}

}  // namespace azrestored
