// The data of the simulated service: vaults, items and points from the state file; operations and jobs from requests.
// There is no timer: every status is computed from stored instants and the `now` of the caller, so tests choose the
// time. The rules follow azure-backup-api.md 4.4 (operations), 5 (jobs), 5.6 (cancel), 6 (cross-region), 7
// (pre-flight). No HTTP here. A repeated restore request always makes a second restore, so a client that submits twice
// is detected.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "caller.hpp"
#include "dotnet_time.hpp"
#include "identifiers.hpp"
#include "journal.hpp"
#include "json.hpp"
#include "state_file.hpp"

namespace azsim {

struct WorldSettings {
  double time_scale = 1;      // the service's own durations run this many times faster than real time
  double job_list_lag_s = 0;  // service time between a job's creation and its first appearance in a list
};

enum class OperationKind { restore, cross_region_restore, cancel, validation };
enum class OperationPhase { in_progress, succeeded, failed, gone };
enum class JobStatus { in_progress, cancelling, completed, completed_with_warnings, failed, cancelled };
enum class JobKind { restore, backup };

struct Operation {
  std::string id;
  OperationKind kind = OperationKind::restore;
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  Instant started, done;
  OperationOutcome outcome = OperationOutcome::succeeded;
  std::string job_id;                            // the job it made, or the job it cancels
  bool signed_urls = false;                      // its addresses were returned signed and must be used so
  std::string failure;                           // the sentence of a refused cancel
  std::string region;                            // the target of a cross-region restore
  std::optional<std::vector<Finding>> findings;  // of a validation
};

struct Cancellation {
  Instant begins, ends;  // Cancelling from, Cancelled from
};

struct Job {
  std::size_t sequence = 0;
  std::string id;
  JobKind kind = JobKind::restore;
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  const PointSpec* point = nullptr;
  std::string activity_id, recovery_type;
  std::string region;  // the target of a cross-region restore
  Json properties;     // of the restore request
  Instant started, visible, listed, ends;
  std::optional<Instant> rehydrated;  // when the transfer of an archived point can begin
  JobOutcome outcome = JobOutcome::completed;
  std::optional<Cancellation> cancellation;
};

struct RestoreOrder {
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  const PointSpec* point = nullptr;
  std::string region;  // the target of a cross-region restore
  std::string request_id, recovery_type;
  Json body, properties;  // as posted, and the restore request in it
  Caller caller;
  bool signed_urls = false;
};

struct Restore {
  RestoreOrder order;
  std::string operation_id, job_id;  // no job id if the script makes the operation fail
};

/// A requested pre-flight check.
struct Validation {
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  const PointSpec* point = nullptr;
  std::string request_id;
  std::optional<std::vector<Finding>> findings;
  Json body;
  bool signed_urls = false;
  std::string operation_id;  // "" if the response was immediate
};

struct CancelResult {
  const Operation* operation = nullptr;  // null: refused immediately
  std::string refusal;
};

class World {
 public:
  World(State state, WorldSettings settings, Identifiers& ids);
  World(const World&) = delete;  // jobs and operations point into state_
  World& operator=(const World&) = delete;

  /// Starts the restores, validations and cancels of the journal again, then appends new ones to it.
  void keep(Journal& journal);

  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const VaultSpec* find_vault(std::string_view subscription, std::string_view group,
                                            std::string_view name) const;
  [[nodiscard]] const VaultSpec* find_vault(std::string_view id) const;
  /// True if a vault of the subscription can be restored to this region.
  [[nodiscard]] bool is_secondary(std::string_view subscription, std::string_view region) const;
  [[nodiscard]] static const ItemSpec* find_item(const VaultSpec& vault, std::string_view container,
                                                 std::string_view item);
  [[nodiscard]] static const PointSpec* find_point(const std::vector<PointSpec>& points, std::string_view name);
  /// True if an item of a vault protects this VM, that is, if the VM exists here.
  [[nodiscard]] bool vm_exists(std::string_view vm_id) const;

  const Operation& start_restore(RestoreOrder order, Instant now);
  /// Records a check with an immediate response.
  void note_validation(Validation validation) { validations_.push_back(std::move(validation)); }
  const Operation& start_validation(Validation validation, Instant now);
  CancelResult cancel(const std::string& job_id, bool signed_urls, Instant now);

  [[nodiscard]] const Operation* find_operation(std::string_view id) const;
  [[nodiscard]] static OperationPhase phase(const Operation& operation, Instant now);

  /// Null until the job exists, that is, until its operation has finished. `region`: of a cross-region restore,
  /// otherwise "".
  [[nodiscard]] const Job* find_job(const VaultSpec& vault, std::string_view region, std::string_view id,
                                    Instant now) const;
  /// Jobs that a list shows, newest first.
  [[nodiscard]] std::vector<const Job*> listed_jobs(const VaultSpec& vault, std::string_view region, Instant now) const;
  [[nodiscard]] static JobStatus status(const Job& job, Instant now);
  [[nodiscard]] static double fraction_done(const Job& job, Instant now);
  [[nodiscard]] static bool cancellable(const Job& job, Instant now);
  [[nodiscard]] static Instant end_of(const Job& job);

  [[nodiscard]] const std::vector<Restore>& restores() const { return restores_; }
  [[nodiscard]] const std::vector<Validation>& validations() const { return validations_; }
  /// The outcome of a restore as a job status ("Failed" also if its operation failed).
  [[nodiscard]] std::string outcome_text(const Restore& restore, Instant now) const;

 private:
  [[nodiscard]] Ticks scaled(double seconds) const { return ticks_of_seconds(seconds / settings_.time_scale); }
  [[nodiscard]] Job* job_by_id(std::string_view id) const;
  const Operation& add(Operation operation);
  void add(Job job);
  [[nodiscard]] std::string new_id(const char* member);
  void begin_again(const Json& line);
  void keep_line(const char* what, Json line, Instant now);
  void add_backup_history();

  const State state_;
  const WorldSettings settings_;
  Identifiers& ids_;
  std::deque<Operation> operations_;  // a deque keeps addresses while it grows
  std::deque<Job> jobs_;
  // By lower-case id: lookups among thousands must be fast.
  std::unordered_map<std::string, const VaultSpec*> vaults_by_id_;
  std::unordered_map<std::string, const Operation*> operations_by_id_;
  std::unordered_map<std::string, Job*> jobs_by_id_;
  std::vector<Restore> restores_;
  std::vector<Validation> validations_;
  Journal* journal_ = nullptr;
  const Json* again_ = nullptr;  // the journal's line that is being replayed
};

[[nodiscard]] const char* status_text(JobStatus status);
[[nodiscard]] const char* status_text(OperationPhase phase);
[[nodiscard]] bool terminal(JobStatus status);

}  // namespace azsim
