// ARM's answers that are events: pre-flight, restore, operation, backup job, cancel. Every reader gets every response.
// The job accepts the event in the state in which it would arrive, or refuses it with a reason; the resulting job can
// be stored, shown and explained.
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/http/message.hpp"
#include "core/job/event.hpp"
#include "core/job/evolve.hpp"
#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "core/restore/outcome_comparison.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/events.hpp"
#include "core/wire/preflight.hpp"
#include "tests/fuzz/message.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

using std::chrono::minutes;

const Instant now = *parse_rfc3339("2026-11-20T10:00:00Z");
const Tracking tracking = {now - minutes(10), now - minutes(5), 0};

Job job_in(State state) {
  Job job;
  job.id = "99999999-8888-4777-8666-555555555555";
  job.name = "drill";
  job.vault = {"sub", "vault-rg", "safe"};
  job.vm = "web01";
  job.recovery_type = "RestoreDisks";
  job.created_at = now - minutes(60);
  job.since = now - minutes(10);
  job.not_before = now - minutes(1);
  job.progress.options.preflight = true;
  job.progress.request_id = "11111111-2222-4333-8444-555555555555";
  job.progress.posted_at = now - minutes(10);
  job.state = std::move(state);
  return job;
}

/// The job after the event; nullopt if the job refuses the event.
std::optional<Job> take(State state, const Event& event) {
  const auto step = evolve(job_in(std::move(state)), event, Policy{}, Moment{now, 0.5});
  if (!step) {
    require_sentence(step.error().sentence());
    return std::nullopt;
  }
  require_storable(step->job);
  require(is_at_rest(step->job.state) || step->job.not_before >= now - minutes(1), "no wait is set into the past");
  return step->job;
}

const JobSpec& disks_wanted() {
  static const JobSpec spec = [] {
    std::vector<Fault> faults;
    return read_job_spec(R"({
      "vault": "/subscriptions/sub/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/safe",
      "virtualMachine": "web01",
      "restore": {"recoveryType": "RestoreDisks", "restoreDiskLunList": [0],
        "storageAccountId": "/subscriptions/sub/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/stage",
        "targetResourceGroupId": "/subscriptions/sub/resourceGroups/target-rg"}})",
                         faults)
        .value();
  }();
  return spec;
}

void check_job(const HttpResponse& response) {
  const Event event = read_job(response, now);
  if (const auto job = take(tracking, event)) require_showable(*job);
  take(Rehydrating{tracking}, event);
  take(Cancelling{Cancelling::Phase::watching, "", tracking}, event);
  const auto* read = std::get_if<JobRead>(&event.what);
  if (read == nullptr || !read->outcome) return;
  const RecoveryPoint point = {"1", now, "AppConsistent", {"HardenedRP"}, true};
  for (const std::string& finding : compare_outcome(disks_wanted(), point, *read->outcome).findings) {
    require(!finding.empty(), "a finding says what differs");
  }
}

}  // namespace

void arm_events(std::string_view input) {
  const HttpResponse response = answer_of(input);
  const Problem problem = problem_of(response);
  require(!problem.code.empty() && !problem.message.empty(), "an error has a code and a message");
  take(Validating{}, read_preflight_answer(response, now));
  take(Validating{"https://management.azure.com/x"}, read_preflight_result(response, now));
  const Event answer = read_restore_answer(response, now);
  require(!std::holds_alternative<ReadFailed>(answer.what), "a response to the POST is never handled as one to a read");
  const bool may_have_started =
      std::holds_alternative<OutcomeUnknown>(answer.what) || std::holds_alternative<Accepted>(answer.what);
  const StatusClass verdict = classify_status(response.status);
  const bool is_clear = verdict != StatusClass::ok && verdict != StatusClass::transient;
  require(may_have_started != is_clear, "a POST counts as not started only after a clear refusal");
  take(Triggering{true}, answer);
  take(Polling{now - minutes(10)}, read_operation(response, now));
  check_job(response);
  take(Cancelling{Cancelling::Phase::asking, "", tracking}, read_cancel_answer(response, now));
  take(Cancelling{Cancelling::Phase::following, "https://management.azure.com/x", tracking},
       read_cancel_result(response, now));
}

}  // namespace azrestored::fuzz
