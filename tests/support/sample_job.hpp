// A job in any state, with everything that a real job would have learned by then, and the time of the tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/job/decide.hpp"
#include "core/job/evolve.hpp"

namespace azrestored::test {

using namespace std::chrono_literals;

inline Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

inline const Instant now = at("2026-11-20T10:00:00Z");
inline const std::string request_id = "11111111-2222-4333-8444-555555555555";
inline const std::string azure_job_id = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
inline const std::string operation_url = "https://management.azure.com/subscriptions/s/op;1?api-version=2019-05-13&s=x";

/// Entered its state ten minutes ago and has been due for one minute.
inline Job job_in(State state) {
  Job job;
  job.id = "99999999-8888-4777-8666-555555555555";
  job.name = "drill";
  job.vault = {"sub", "vault-rg", "safe"};
  job.vm = "web01";
  job.recovery_type = "RestoreDisks";
  job.submitter_uid = 1000;
  job.created_at = now - 1h;
  job.since = now - 10min;
  job.version = 7;
  job.not_before = now - 1min;
  job.progress.item =
      ProtectedItem{"IaasVMContainer;iaasvmcontainerv2;vm-rg;web01", "VM;iaasvmcontainerv2;vm-rg;web01",
                    "/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web01"};
  job.progress.region = "westus";
  job.progress.point = RecoveryPoint{"31407900891996", now - 24h, "AppConsistent", {"InstantRP"}, true};
  job.progress.request_id = request_id;
  job.progress.posted_at = now - 10min;
  job.progress.operation_url = operation_url;
  job.progress.operation_id = "op;1";
  job.progress.azure_job_id = azure_job_id;
  job.state = std::move(state);
  return job;
}

inline Tracking old_tracking() {
  return {now - 10min, now - 5min, 0};
}
inline Cancelling cancelling(Cancelling::Phase phase) {
  return {phase, phase == Cancelling::Phase::following ? operation_url : "", old_tracking()};
}
/// The quiet period ends in a minute.
inline InDoubt in_doubt() {
  return {now + 1min, false, 0, 5min};
}

inline Problem problem(std::string code, std::string message = "as the service worded it") {
  return {std::move(code), std::move(message), 503, "azure-request", "azure-correlation", {}};
}

/// The job after the event; a refusal fails the test.
inline Step after(Job job, const Event& event, Instant when = now, const Policy& policy = Policy{}) {
  auto next = evolve(std::move(job), event, policy, Moment{when, 0});
  if (!next) {
    ADD_FAILURE() << "refused: " << next.error().sentence();
    return {};
  }
  return std::move(*next);
}

/// The sentence of a refusal; "" if the event was accepted.
inline std::string refusal(Job job, const Event& event) {
  const auto next = evolve(std::move(job), event, Policy{}, Moment{now, 0});
  if (next) return "";
  EXPECT_EQ(next.error().kind(), ErrorKind::refused);
  return next.error().sentence();
}

template <class WantedAction>
bool wants(const Job& job, Instant when = now) {
  return std::holds_alternative<WantedAction>(decide(job, when));
}

}  // namespace azrestored::test
