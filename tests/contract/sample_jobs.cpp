#include "tests/contract/sample_jobs.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/job/stored_job.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace azrestored {

JobId sample_id(int n) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%08d-0000-4000-8000-000000000000", n);
  return text.data();
}

Instant sample_time(int ms) {
  return Instant(Millis(1'795'680'000'000 + ms));
}

NewJob queued_job(int n) {
  NewJob made;
  Job& job = made.job;
  job.id = sample_id(n);
  job.name = "job-" + std::to_string(n);
  job.vault.subscription = "00000000-1111-2222-3333-444444444444";
  job.vault.resource_group = "Vaults-RG";
  job.vault.name = "vault'); DROP TABLE job; --";  // names are values, never SQL
  job.vm = "web01 \xc3\xa9";                       // UTF-8
  job.recovery_type = "RestoreDisks";
  job.priority = 100;
  job.storage_account = "/subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/stage";
  job.target_group = "/subscriptions/s/resourcegroups/o'neil";
  job.submitter_uid = 4'294'967'294;  // more than fits into an int
  job.created_at = sample_time(n);
  job.since = sample_time(n);
  job.state = Queued{};
  made.spec = "{\n  \"name\": \"job-" + std::to_string(n) + "\" }\n";
  return made;
}

Job later(Job job, State state) {
  job.since = sample_time(1'000'001);
  job.not_before = sample_time(1'000'777);
  job.failures = 3;
  job.state = std::move(state);

  Progress& progress = job.progress;
  ProtectedItem item;
  item.container = "IaasVMContainer;iaasvmcontainerv2;rg;web01";
  item.item = "VM;iaasvmcontainerv2;rg;web01";
  item.source_resource_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web01";
  progress.item = item;
  progress.region = "westus";
  RecoveryPoint point;
  point.id = "18446744073709551616123";
  point.time = sample_time(-5'000);
  point.consistency = "AppConsistent";
  point.tiers = {"InstantRP", "HardenedRP"};
  point.managed = false;
  progress.point = point;
  progress.request_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  progress.posted_at = sample_time(2'000);
  progress.attempts = 2;
  progress.operation_url = "https://host/subscriptions//subscriptions/x?sig=a%2Fb;raw&t=" + std::string(3'400, 'u');
  progress.operation_id = "op-1";
  progress.azure_job_id = "azure-job-1";
  progress.azure_status = "InProgress";
  progress.percent = 12.5;
  progress.cancel_requested_at = sample_time(3'000);
  progress.cancel_answer = "Azure refused: \"too late\"";
  Problem problem;
  problem.code = "UserErrorX";
  problem.message = "it\nbroke \xe2\x9c\x97";
  problem.http_status = 409;
  problem.request_id = "r";
  problem.correlation_id = "c";
  problem.recommendations = {"try this", "or that"};
  progress.problem = problem;
  progress.warnings = {"unmanaged", "again"};
  progress.outcome =
      std::make_shared<const nlohmann::json>(nlohmann::json{{"tasks", nlohmann::json::array({1, "two", nullptr})}});
  return job;
}

std::vector<State> every_state() {
  Tracking tracking;
  tracking.started_at = sample_time(10);
  tracking.missed_lists = 2;
  Cancelling cancelling;
  cancelling.phase = Cancelling::Phase::following;
  cancelling.result_url = "https://host/result?sig=1";
  cancelling.job = tracking;
  return {Queued{},
          Resolving{},
          Validating{"https://host/preflight?sig=1"},
          Triggering{true},
          InDoubt{sample_time(12), true, 4, Millis(300'000), sample_time(13)},
          Polling{sample_time(13)},
          Rehydrating{tracking},
          tracking,
          cancelling,
          Held{true},
          Succeeded{},
          SucceededWithWarnings{},
          SucceededWithFindings{},
          Failed{},
          Cancelled{}};
}

HistoryLine line_of(const std::string& from, const std::string& to, const std::string& detail) {
  HistoryLine line;
  line.at = sample_time(42);
  line.from = from;
  line.to = to;
  line.cause = "sampled";
  line.detail = detail;
  line.http_status = 202;
  line.azure_request_id = "request";
  line.azure_correlation_id = "correlation";
  return line;
}

void expect_same(const Job& stored, const Job& expected) {
  EXPECT_EQ(stored.id, expected.id);
  EXPECT_EQ(stored.name, expected.name);
  EXPECT_EQ(stored.vault.subscription, expected.vault.subscription);
  EXPECT_EQ(stored.vault.resource_group, expected.vault.resource_group);
  EXPECT_EQ(stored.vault.name, expected.vault.name);
  EXPECT_EQ(stored.vm, expected.vm);
  EXPECT_EQ(stored.recovery_type, expected.recovery_type);
  EXPECT_EQ(stored.priority, expected.priority);
  EXPECT_EQ(stored.storage_account, expected.storage_account);
  EXPECT_EQ(stored.target_group, expected.target_group);
  EXPECT_EQ(stored.submitter_uid, expected.submitter_uid);
  EXPECT_EQ(stored.created_at, expected.created_at);
  EXPECT_EQ(stored.since, expected.since);
  EXPECT_EQ(stored.version, expected.version);
  EXPECT_EQ(stored.not_before, expected.not_before);
  EXPECT_EQ(stored.failures, expected.failures);
  EXPECT_EQ(state_name(stored.state), state_name(expected.state));
  EXPECT_EQ(state_to_json(stored), state_to_json(expected));
  EXPECT_EQ(progress_to_json(stored.progress), progress_to_json(expected.progress));
}

void expect_same(const HistoryLine& stored, const HistoryLine& expected) {
  EXPECT_EQ(stored.at, expected.at);
  EXPECT_EQ(stored.from, expected.from);
  EXPECT_EQ(stored.to, expected.to);
  EXPECT_EQ(stored.cause, expected.cause);
  EXPECT_EQ(stored.detail, expected.detail);
  EXPECT_EQ(stored.http_status, expected.http_status);
  EXPECT_EQ(stored.azure_request_id, expected.azure_request_id);
  EXPECT_EQ(stored.azure_correlation_id, expected.azure_correlation_id);
}

std::vector<JobId> ids_of(const std::vector<Job>& jobs) {
  std::vector<JobId> ids;
  for (const Job& job : jobs) ids.push_back(job.id);
  return ids;
}

}  // namespace azrestored
