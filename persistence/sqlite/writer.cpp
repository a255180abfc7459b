// The thread: waits for work, runs all of it in one transaction, and resumes the callers.
#include "persistence/sqlite/writer.hpp"

#include <exception>

namespace azrestored {

GroupCommitWriter::GroupCommitWriter(Database& database, std::optional<DatabaseFiles> files)
    : database_(database), files_(std::move(files)), thread_([this] { work(); }) {}

GroupCommitWriter::~GroupCommitWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void GroupCommitWriter::enqueue(std::unique_ptr<AnyTask> task) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(task));
  }
  arrived_.notify_one();
}

void GroupCommitWriter::work() {
  for (;;) {
    const Batch batch = wait_for_batch();
    if (batch.empty()) return;
    const std::optional<Error> failure = commit(batch);
    for (const auto& task : batch) task->finish(failure);
  }
}

/// All queued tasks; empty only if the writer stops and no task is left.
GroupCommitWriter::Batch GroupCommitWriter::wait_for_batch() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  return std::exchange(queue_, {});
}

std::optional<Error> GroupCommitWriter::damage() const {
  const std::lock_guard lock(mutex_);
  return damage_;
}

std::optional<Error> GroupCommitWriter::fatal_error() const {
  if (auto known = damage()) return known;
  return files_ ? files_->lost() : std::nullopt;
}

std::optional<Error> GroupCommitWriter::commit(const Batch& batch) {
  if (auto known = damage()) return known;
  const auto changes_before = sqlite3_total_changes64(database_.handle());
  auto failure = try_to_commit(batch);
  const bool has_changed = sqlite3_total_changes64(database_.handle()) != changes_before;
  if (!failure && has_changed) note_times(batch);
  // After the commit: a change that was written to a removed file is not saved.
  if (!failure && files_) failure = files_->lost();
  if (failure && failure->kind() == ErrorKind::corrupt) {
    const std::lock_guard lock(mutex_);
    damage_ = failure;
  }
  return failure;
}

std::optional<Error> GroupCommitWriter::try_to_commit(const Batch& batch) {
  try {
    Transaction transaction(database_);
    for (const auto& task : batch) task->run();
    transaction.commit();
    ++commits_;
    return std::nullopt;
  } catch (const DatabaseFailure& failure) {
    return failure.error();
  } catch (const std::exception& other) {  // out of memory, most likely
    return Error(ErrorKind::transient, std::string("the store failed: ") + other.what());
  }
}

void GroupCommitWriter::note_times(const Batch& batch) {
  const auto now = std::chrono::steady_clock::now();
  for (const auto& task : batch) commit_times_.add(now - task->asked_at);
}

}  // namespace azrestored
