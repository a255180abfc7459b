// advice_of(): the row of the catalogue, which is true in every state, then what the state allows. Neither switch has a
// default, so a new prospect or a new FixedBy does not compile without a decision; nor does a new state.
#include "core/view/advice.hpp"

#include <optional>

#include "core/azure/error_catalog.hpp"
#include "core/azure/problem.hpp"

namespace azrestored {
namespace {

struct ProspectOf {
  Prospect operator()(const Queued&) const { return Prospect::continues; }
  Prospect operator()(const Resolving&) const { return Prospect::continues; }
  Prospect operator()(const Validating&) const { return Prospect::continues; }
  Prospect operator()(const Triggering& state) const { return state.sent ? Prospect::may_run : Prospect::continues; }
  Prospect operator()(const InDoubt&) const { return Prospect::may_run; }
  Prospect operator()(const Polling&) const { return Prospect::may_run; }
  Prospect operator()(const Rehydrating&) const { return Prospect::may_run; }
  Prospect operator()(const Tracking&) const { return Prospect::may_run; }
  Prospect operator()(const Cancelling&) const { return Prospect::may_run; }
  Prospect operator()(const Held& state) const {
    return state.may_be_running ? Prospect::held_unknown : Prospect::held;
  }
  Prospect operator()(const Succeeded&) const { return Prospect::done; }
  Prospect operator()(const SucceededWithWarnings&) const { return Prospect::done; }
  Prospect operator()(const SucceededWithFindings&) const { return Prospect::done; }
  Prospect operator()(const Failed&) const { return Prospect::failed; }
  Prospect operator()(const Cancelled&) const { return Prospect::cancelled; }
};

std::string command(const std::string& verb, const Job& job) {
  return "`azrestorectl " + verb + " " + job.id + "`";
}

const char* const submit_corrected = "submit the corrected job file with `azrestorectl submit FILE`";

std::string if_it_continues(const Job& job, FixedBy fix) {
  if (fix == FixedBy::time || fix == FixedBy::environment) return "azrestored then continues by itself";
  const std::string continues = "azrestored continues with the job file as it is";
  if (job.progress.cancel_requested_at) return continues;
  return continues + "; to use another one, first cancel this job: " + command("cancel", job);
}

std::string if_held(const Job& job, FixedBy fix) {
  const std::string release = "let the job continue with " + command("release", job);
  const std::string replace = "cancel this job with " + command("cancel", job) + " and " + submit_corrected;
  switch (fix) {
    case FixedBy::time:
    case FixedBy::environment:
      return "then " + release;
    case FixedBy::job_file:
      return "the job file of an accepted job cannot be changed: " + replace;
    case FixedBy::either:
      return "then " + release + ", or " + replace;
  }
  return release;
}

std::string if_ended(const Job& job, FixedBy fix, const std::string& condition) {
  const std::string retry = command("retry", job) + condition;
  switch (fix) {
    case FixedBy::time:
    case FixedBy::environment:
      return "then " + retry;
    case FixedBy::job_file:
      return std::string("then ") + submit_corrected;
    case FixedBy::either:
      return "then " + retry + " for the same job file, or " + submit_corrected;
  }
  return retry;
}

constexpr std::string_view follows =
    "a restore of this job may be running, and azrestored follows it: start no other restore of the VM";

/// What the state allows after the fix. `fix` is nullopt for an unknown code.
std::string next_of(const Job& job, Prospect prospect, std::optional<FixedBy> fix) {
  switch (prospect) {
    case Prospect::continues:
      return fix ? if_it_continues(job, *fix) : "";
    case Prospect::may_run:
      return std::string(follows);
    case Prospect::held:
      return fix ? if_held(job, *fix) : "";
    case Prospect::held_unknown:
      return "a restore of this job may be running: start no other restore of the VM before you know. " +
             command("release", job) + " reads from Azure what the restore does, and sends no request on a guess";
    case Prospect::done:
      return "Azure completed the backup job in spite of this: check the result with " + command("show", job) +
             " before you rely on it";
    case Prospect::failed:
      return fix ? if_ended(job, *fix, "") : "";
    case Prospect::cancelled:
      return fix ? if_ended(job, *fix, " if the restore is still needed") : "";
  }
  return "";
}

/// Whether the row of the catalogue helps. It may name a change of the job file only if the operator can still use
/// another file without a second restore. After a success its words ("the restore failed") would be wrong.
bool uses_row(Prospect prospect, FixedBy fix) {
  const bool concerns_job_file = fix == FixedBy::job_file || fix == FixedBy::either;
  switch (prospect) {
    case Prospect::continues:
    case Prospect::held:
    case Prospect::failed:
    case Prospect::cancelled:
      return true;
    case Prospect::may_run:
    case Prospect::held_unknown:
      return !concerns_job_file;
    case Prospect::done:
      return false;
  }
  return false;
}

}  // namespace

Prospect prospect_of(const Job& job) {
  return std::visit(ProspectOf{}, job.state);
}

bool restore_may_run(const Job& job) {
  const Prospect prospect = prospect_of(job);
  return prospect == Prospect::may_run || prospect == Prospect::held_unknown;
}

std::string advice_of(const Job& job) {
  if (!job.progress.problem) return "";
  const ErrorAdvice* known = find_advice(job.progress.problem->code);
  const Prospect prospect = prospect_of(job);
  const auto fix = known == nullptr ? std::nullopt : std::optional(fixed_by(*known));
  const std::string next = next_of(job, prospect, fix);
  if (!fix || !uses_row(prospect, *fix)) return next;
  return std::string(known->advice) + "; " + next;
}

}  // namespace azrestored
