// A restore job: the value that the whole daemon works on. Pure data. Its states: core/job/state.hpp.
//
// Every wait is an absolute instant in the row (`not_before`), so starting up is recovery.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/azure/vault_facts.hpp"
#include "core/base/instant.hpp"
#include "core/job/state.hpp"
#include "core/json/shared_json.hpp"

namespace azrestored {

using JobId = std::string;  // a lower-case UUID

/// What of the job file decides the job's way, so that a row can be acted on without reading the file again.
struct Plan {
  std::string auth;          // the sign-in profile; "" for the default one
  std::string cross_region;  // the secondary region; "" for a restore in the vault's own
  bool checked = false;      // "validate" is not "none": what the rules need is read, and a broken rule refuses
  bool preflight = false;    // "validate" is "service"
  bool seeks_guard = false;  // what a Resource Guard wants to see is looked up
};

/// An attempt that a person's retry has put behind.
struct EarlierAttempt {
  std::string request_id;
  std::string azure_job_id;
  Instant ended_at{};
  std::string state;    // what it ended as
  std::string problem;  // why; may be empty
};

/// What has been learned and done. Only grows, a retry aside; nothing in it is silently chosen again.
struct Progress {
  // Defined in job.cpp: a copy of all this, compiled anew wherever one is made, took a third of the build.
  Progress();
  ~Progress();
  Progress(const Progress&);
  Progress(Progress&&) noexcept;
  Progress& operator=(const Progress&);
  Progress& operator=(Progress&&) noexcept;

  Plan plan;
  std::optional<ProtectedItem> item;
  std::optional<std::string> region;                       // of the vault, or as the job file gives it
  std::optional<VaultFacts> vault;                         // read only when the rules are checked, or for the region
  bool vault_unreadable = false;                           // Azure does not let us read it, and we can do without
  std::optional<std::vector<std::string>> guard_requests;  // resourceGuardOperationRequests, looked up
  std::optional<RecoveryPoint> point;
  bool rehydrates = false;    // the restore begins with a rehydration that is not over yet
  std::string request_id;     // x-ms-client-request-id of the POST, and the job's activityId in Azure
  Instant posted_at{};        // when the intent of the first POST that may have started something was saved
  int attempts = 0;           // POSTs that may have started something
  int forgiven = 0;           // as many of them do not count for Policy::most_attempts: a person released the job
  std::string operation_url;  // as received, to be polled verbatim
  std::string operation_id;
  std::string azure_job_id;
  std::string azure_status;  // the backup job's own word
  std::optional<double> percent;
  std::optional<Instant> cancel_requested_at;
  std::string cancel_answer;       // what became of the request to cancel
  std::optional<Problem> problem;  // the last thing that went wrong
  std::optional<Problem> refusal;  // of a POST that came after an unclear one; the job fails with it
  std::vector<std::string> warnings;
  std::vector<std::string> findings;   // asked for one thing, got another
  std::vector<std::string> unchecked;  // asked for, and not told by the service
  std::vector<EarlierAttempt> earlier;
  SharedJson outcome;  // of the backup job: times, error details, property bag, tasks; null before
};

struct Job {
  // Defined in job.cpp: a copy of all this, compiled anew wherever one is made, took a third of the build.
  Job();
  ~Job();
  Job(const Job&);
  Job(Job&&) noexcept;
  Job& operator=(const Job&);
  Job& operator=(Job&&) noexcept;

  JobId id;
  std::string name;
  VaultId vault;
  std::string vm;             // its name, as the job file tells it
  std::string recovery_type;  // "RestoreDisks" ...
  // What the job's turn depends on, besides its vault (core/admission/admission.hpp): as the job file has it.
  int priority = 0;             // higher first
  std::string storage_account;  // the staging account's ARM id, lower case; "" when the file names none
  std::string target_group;     // ARM id of the resource group that takes the disks, lower case; "" when not known
  std::int64_t submitter_uid = 0;
  Instant created_at{};
  Instant since{};           // when the present state was entered
  std::int64_t version = 0;  // rises by one with every save
  Instant not_before{};      // do nothing earlier
  int failures = 0;          // consecutive failed reads; spaces the retries, ends nothing
  State state;
  Progress progress;
};

/// How long the job was in the state that it has left; nullopt when it is in the same one still.
std::optional<Millis> time_in_state_left(const Job& before, const Job& now);

/// One line of a job's history: written in the same transaction as the change it tells of.
struct HistoryLine {
  Instant at{};
  std::string from;  // state names; from == to when something notable happened within a state
  std::string to;
  std::string cause;   // the event's stable name
  std::string detail;  // one sentence for a person; may be empty
  int http_status = 0;
  std::string azure_request_id;
  std::string azure_correlation_id;
};

}  // namespace azrestored
