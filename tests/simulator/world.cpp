// See world.hpp.
#include "world.hpp"

#include <algorithm>
#include <utility>

#include "text.hpp"

namespace azsim {

World::World(State state, WorldSettings settings, Identifiers& ids)
    : state_(std::move(state)), settings_(settings), ids_(ids) {
  for (const VaultSpec& vault : state_.vaults) vaults_by_id_.try_emplace(lower(vault.id), &vault);
  add_backup_history();
}

/// A backup job has written each point. These jobs are in the lists, so a client must filter to find its restore.
void World::add_backup_history() {
  for (const VaultSpec& vault : state_.vaults) {
    for (const ItemSpec& item : vault.items) {
      for (const PointSpec& point : item.points) {
        Job job;
        job.sequence = jobs_.size();
        job.id = ids_.guid();
        job.kind = JobKind::backup;
        job.vault = &vault;
        job.item = &item;
        job.point = &point;
        job.activity_id = ids_.guid();
        job.started = job.visible = job.listed = point.time - ticks_of_seconds(4);
        job.ends = point.time + ticks_of_seconds(2400);
        add(std::move(job));
      }
    }
  }
}

const VaultSpec* World::find_vault(std::string_view subscription, std::string_view group, std::string_view name) const {
  std::string id = "/subscriptions/";
  id += subscription;
  id += "/resourceGroups/";
  id += group;
  id += "/providers/Microsoft.RecoveryServices/vaults/";
  id += name;
  return find_vault(id);
}

const VaultSpec* World::find_vault(std::string_view id) const {
  const auto found = vaults_by_id_.find(lower(id));
  return found == vaults_by_id_.end() ? nullptr : found->second;
}

bool World::is_secondary(std::string_view subscription, std::string_view region) const {
  return std::any_of(state_.vaults.begin(), state_.vaults.end(), [&](const VaultSpec& vault) {
    return same_name(segment_after(vault.id, "subscriptions"), subscription) &&
           same_name(vault.secondary_region, region);
  });
}

const ItemSpec* World::find_item(const VaultSpec& vault, std::string_view container, std::string_view item) {
  for (const ItemSpec& candidate : vault.items) {
    if (same_name(candidate.container, container) && same_name(candidate.item, item)) return &candidate;
  }
  return nullptr;
}

const PointSpec* World::find_point(const std::vector<PointSpec>& points, std::string_view name) {
  for (const PointSpec& point : points) {
    if (same_name(point.name, name)) return &point;
  }
  return nullptr;
}

bool World::vm_exists(std::string_view vm_id) const {
  for (const VaultSpec& vault : state_.vaults) {
    for (const ItemSpec& item : vault.items) {
      if (same_name(item.vm, vm_id)) return true;
    }
  }
  return false;
}

const Operation& World::start_restore(RestoreOrder order, Instant now) {
  const RestoreScript& script = order.item->restore;
  const bool across = !order.region.empty();
  Operation operation;
  // Across regions the id is a number and a GUID in base64, with padding (azure-backup-api.md 6, 12.1).
  operation.id = new_id("operationId");
  if (across && again_ == nullptr) operation.id = base64(ids_.number(18) + ";" + operation.id);
  operation.kind = across ? OperationKind::cross_region_restore : OperationKind::restore;
  operation.region = order.region;
  operation.vault = order.vault;
  operation.item = order.item;
  operation.started = now;
  operation.done = now + scaled(script.operation_seconds);
  operation.outcome = script.operation_result;
  operation.signed_urls = order.signed_urls;
  if (script.operation_result != OperationOutcome::failed) {
    Job job;
    job.sequence = jobs_.size();
    job.id = script.job_id_equals_operation_id && !across ? operation.id : new_id("jobId");
    job.vault = order.vault;
    job.item = order.item;
    job.point = order.point;
    job.activity_id = order.request_id;
    job.recovery_type = order.recovery_type;
    job.region = order.region;
    job.properties = order.properties;
    job.started = now;  // as recorded: equal to the operation's start, although the job appears later
    job.visible = operation.done;
    job.listed = job.visible + scaled(settings_.job_list_lag_s);
    const auto rehydration = order.properties.find("recoveryPointRehydrationInfo");
    if (rehydration != order.properties.end() && rehydration->is_object())
      job.rehydrated = job.visible + scaled(script.rehydration_seconds);
    job.ends = job.rehydrated.value_or(job.visible) + scaled(script.job_seconds);
    job.outcome = script.result;
    operation.job_id = job.id;
    add(std::move(job));
  }
  Json line = to_json(order);
  line["operationId"] = operation.id;
  line["jobId"] = operation.job_id;
  keep_line("restore", std::move(line), now);
  restores_.push_back(Restore{std::move(order), operation.id, operation.job_id});
  return add(std::move(operation));
}

const Operation& World::start_validation(Validation validation, Instant now) {
  const RestoreScript& script = validation.item->restore;
  Operation operation;
  operation.id = new_id("operationId");
  operation.kind = OperationKind::validation;
  operation.vault = validation.vault;
  operation.item = validation.item;
  operation.started = now;
  operation.done = now + scaled(script.validation_seconds);
  if (script.validation_outcome == ValidationOutcome::failed) operation.outcome = OperationOutcome::failed;
  if (script.validation_outcome == ValidationOutcome::no_verdict)
    operation.outcome = OperationOutcome::succeeded_without_job;
  operation.signed_urls = validation.signed_urls;
  operation.findings = validation.findings;
  validation.operation_id = operation.id;
  Json line = to_json(validation);
  line["operationId"] = operation.id;
  keep_line("validation", std::move(line), now);
  validations_.push_back(std::move(validation));
  return add(std::move(operation));
}

CancelResult World::cancel(const std::string& job_id, bool signed_urls, Instant now) {
  Job* job = job_by_id(job_id);
  if (job == nullptr) return {nullptr, "The job to cancel does not exist."};
  const JobStatus current = status(*job, now);
  if (terminal(current)) return {nullptr, "The job has already ended and cannot be cancelled."};
  if (current == JobStatus::cancelling) return {nullptr, "The job is already being cancelled."};
  const RestoreScript& script = job->item->restore;
  if (script.cancel == CancelScript::refuse) return {nullptr, "This job cannot be cancelled."};
  if (!cancellable(*job, now)) return {nullptr, "The job is too far advanced to be cancelled."};

  Operation operation;
  operation.id = new_id("operationId");
  operation.kind = OperationKind::cancel;
  operation.vault = job->vault;
  operation.item = job->item;
  operation.started = now;
  operation.done = job->cancellation ? job->cancellation->begins : now + scaled(script.cancel_seconds);
  operation.job_id = job->id;
  operation.signed_urls = signed_urls;
  // A cancel that would take effect after the job's own end comes too late, regardless of the script.
  if (script.cancel == CancelScript::accept_then_refuse || operation.done >= job->ends) {
    operation.outcome = OperationOutcome::failed;
    operation.failure = "The cancellation could not be carried out in this phase of the job.";
  } else if (!job->cancellation) {
    job->cancellation = Cancellation{operation.done, operation.done + scaled(script.cancel_seconds)};
  }
  Json line;
  line["job"] = job_id;
  line["signed"] = signed_urls;
  line["operationId"] = operation.id;
  keep_line("cancel", std::move(line), now);
  return {&add(std::move(operation)), {}};
}

void World::keep(Journal& journal) {
  for (const Json& line : journal.earlier()) {
    again_ = &line;
    begin_again(line);
  }
  again_ = nullptr;
  journal_ = &journal;
}

void World::begin_again(const Json& line) {
  const Instant then{Ticks(line.at("at").get<std::int64_t>())};
  const auto what = line.at("what").get<std::string>();
  if (what == "restore") start_restore(restore_order(line, *this), then);
  if (what == "validation") start_validation(validation_of(line, *this), then);
  if (what == "cancel") cancel(line.at("job").get<std::string>(), line.at("signed").get<bool>(), then);
}

/// A new id, or the one from the journal.
std::string World::new_id(const char* member) {
  return again_ != nullptr ? again_->at(member).get<std::string>() : ids_.guid();
}

void World::keep_line(const char* what, Json line, Instant now) {
  if (journal_ == nullptr) return;
  line["what"] = what;
  line["at"] = now.time_since_epoch().count();
  journal_->write(line);
}

const Operation& World::add(Operation operation) {
  operations_.push_back(std::move(operation));
  operations_by_id_.try_emplace(lower(operations_.back().id), &operations_.back());
  return operations_.back();
}

void World::add(Job job) {
  jobs_.push_back(std::move(job));
  jobs_by_id_.try_emplace(lower(jobs_.back().id), &jobs_.back());
}

const Operation* World::find_operation(std::string_view id) const {
  const auto found = operations_by_id_.find(lower(id));
  return found == operations_by_id_.end() ? nullptr : found->second;
}

OperationPhase World::phase(const Operation& operation, Instant now) {
  if (now < operation.done) return OperationPhase::in_progress;
  switch (operation.outcome) {
    case OperationOutcome::succeeded:
    case OperationOutcome::succeeded_without_job:
      return OperationPhase::succeeded;
    case OperationOutcome::failed:
      return OperationPhase::failed;
    case OperationOutcome::vanishes:
      return OperationPhase::gone;
  }
  return OperationPhase::gone;
}

Job* World::job_by_id(std::string_view id) const {
  const auto found = jobs_by_id_.find(lower(id));
  return found == jobs_by_id_.end() ? nullptr : found->second;
}

const Job* World::find_job(const VaultSpec& vault, std::string_view region, std::string_view id, Instant now) const {
  const Job* job = job_by_id(id);
  const bool is_it = job != nullptr && job->vault == &vault && same_name(job->region, region) && job->visible <= now;
  return is_it ? job : nullptr;
}

std::vector<const Job*> World::listed_jobs(const VaultSpec& vault, std::string_view region, Instant now) const {
  std::vector<const Job*> found;
  for (auto it = jobs_.rbegin(); it != jobs_.rend(); ++it) {
    if (it->vault == &vault && same_name(it->region, region) && it->listed <= now) found.push_back(&*it);
  }
  return found;
}

JobStatus World::status(const Job& job, Instant now) {
  if (job.cancellation && now >= job.cancellation->begins)
    return now >= job.cancellation->ends ? JobStatus::cancelled : JobStatus::cancelling;
  if (now < job.ends) return JobStatus::in_progress;
  switch (job.outcome) {
    case JobOutcome::completed:
      return JobStatus::completed;
    case JobOutcome::completed_with_warnings:
      return JobStatus::completed_with_warnings;
    case JobOutcome::failed:
      return JobStatus::failed;
  }
  return JobStatus::failed;
}

double World::fraction_done(const Job& job, Instant now) {
  const auto whole = static_cast<double>((job.ends - job.started).count());
  if (whole <= 0) return 1;
  const Instant until = std::min(now, end_of(job));
  return std::clamp(static_cast<double>((until - job.started).count()) / whole, 0.0, 1.0);
}

bool World::cancellable(const Job& job, Instant now) {
  return job.kind == JobKind::restore && status(job, now) == JobStatus::in_progress &&
         job.item->restore.cancel != CancelScript::refuse &&
         fraction_done(job, now) < job.item->restore.cancellable_fraction;
}

Instant World::end_of(const Job& job) {
  return job.cancellation ? job.cancellation->ends : job.ends;
}

std::string World::outcome_text(const Restore& restore, Instant now) const {
  if (restore.job_id.empty()) {
    const Operation* operation = find_operation(restore.operation_id);
    return status_text(phase(*operation, now));
  }
  return status_text(status(*job_by_id(restore.job_id), now));
}

const char* status_text(JobStatus status) {
  switch (status) {
    case JobStatus::in_progress:
      return "InProgress";
    case JobStatus::cancelling:
      return "Cancelling";
    case JobStatus::completed:
      return "Completed";
    case JobStatus::completed_with_warnings:
      return "CompletedWithWarnings";
    case JobStatus::failed:
      return "Failed";
    case JobStatus::cancelled:
      return "Cancelled";
  }
  return "Invalid";
}

const char* status_text(OperationPhase phase) {
  switch (phase) {
    case OperationPhase::in_progress:
      return "InProgress";
    case OperationPhase::succeeded:
      return "Succeeded";
    case OperationPhase::failed:
      return "Failed";
    case OperationPhase::gone:
      return "Gone";
  }
  return "Invalid";
}

bool terminal(JobStatus status) {
  return status != JobStatus::in_progress && status != JobStatus::cancelling;
}

}  // namespace azsim
