// A restore job, the value that the whole daemon works on. Pure data. Its states: core/job/state.hpp.
//
// Every wait is an absolute instant in the row (`not_before`), so a restarted daemon continues every wait.
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

/// The members of the job file that decide the next action. With them in the row, the file need not be read again.
struct RestoreOptions {
  std::string auth;          // the sign-in profile; "" for the default one
  std::string cross_region;  // the secondary region; "" for a restore in the vault's own region
  bool checked = false;      // "validate" is not "none": reads what the rules need; a violated rule fails the job
  bool preflight = false;    // "validate" is "service"
  bool seeks_guard = false;  // reads the operation requests of the vault's Resource Guard
};

/// An attempt before a retry.
struct EarlierAttempt {
  std::string request_id;
  std::string azure_job_id;
  Instant ended_at{};
  std::string state;    // its last state
  std::string problem;  // the reason; may be empty
};

/// What is known and done so far. Only a retry removes anything; nothing that was chosen is chosen again.
struct Progress {
  // Defined in job.cpp: inlined copies of these members took a third of the build time.
  Progress();
  ~Progress();
  Progress(const Progress&);
  Progress(Progress&&) noexcept;
  Progress& operator=(const Progress&);
  Progress& operator=(Progress&&) noexcept;

  RestoreOptions options;
  std::optional<ProtectedItem> item;
  std::optional<std::string> region;                       // of the vault, or from the job file
  std::optional<VaultFacts> vault;                         // read only for the rules or the region
  bool vault_unreadable = false;                           // Azure denies access to it, and the job does not need it
  std::optional<std::vector<std::string>> guard_requests;  // resourceGuardOperationRequests, as read from Azure
  std::optional<RecoveryPoint> point;
  bool rehydrates = false;    // the restore begins with a rehydration that has not finished
  std::string request_id;     // x-ms-client-request-id of the POST, and the job's activityId in Azure
  Instant posted_at{};        // when the first POST that may have started something was saved, before it was sent
  int attempts = 0;           // POSTs that may have started something
  int excused_attempts = 0;   // those that do not count for Policy::max_attempts, as an operator released the job
  std::string operation_url;  // as received; polled verbatim
  std::string operation_id;
  std::string azure_job_id;
  std::string azure_status;  // the backup job's status, verbatim
  std::optional<double> percent;
  std::optional<Instant> cancel_requested_at;
  std::string cancel_answer;       // the outcome of the cancel request so far, for the operator
  std::optional<Problem> problem;  // the last failure
  std::optional<Problem> refusal;  // of a POST after an unclear one; the job fails with it
  std::vector<std::string> warnings;
  std::vector<std::string> findings;   // the result differs from the job file
  std::vector<std::string> unchecked;  // requested, but Azure does not report it
  std::vector<EarlierAttempt> earlier;
  SharedJson outcome;  // the backup job's times, error details, property bag, tasks; null until read
};

struct Job {
  // Defined in job.cpp: see Progress.
  Job();
  ~Job();
  Job(const Job&);
  Job(Job&&) noexcept;
  Job& operator=(const Job&);
  Job& operator=(Job&&) noexcept;

  JobId id;
  std::string name;
  VaultId vault;
  std::string vm;             // its name, as in the job file
  std::string recovery_type;  // "RestoreDisks" ...
  // With the vault, these decide the queue position (core/admission/admission.hpp). From the job file.
  int priority = 0;             // higher first
  std::string storage_account;  // the staging account's ARM id, lower case; "" if the file names none
  std::string target_group;     // ARM id of the resource group that gets the disks, lower case; "" if not known
  std::int64_t submitter_uid = 0;
  Instant created_at{};
  Instant since{};           // when the job entered its state
  std::int64_t version = 0;  // rises by one with every save
  Instant not_before{};      // the next action comes no earlier
  int failures = 0;          // consecutive failed reads; only spaces the retries
  State state;
  Progress progress;
};

/// How long the job was in its previous state; nullopt if the state is the same.
std::optional<Millis> duration_of_left_state(const Job& before, const Job& now);

/// One line of a job's history, written in the same transaction as the change that it describes.
struct HistoryLine {
  Instant at{};
  std::string from;  // state names; from == to for an event within a state
  std::string to;
  std::string cause;   // the event's stable name
  std::string detail;  // one sentence for the operator; may be empty
  int http_status = 0;
  std::string azure_request_id;
  std::string azure_correlation_id;
};

}  // namespace azrestored
