// The thread: wait for work, take all of it, one transaction, tell everybody.
#include "persistence/writer.hpp"

#include <exception>

namespace azrestored {

Writer::Writer(Database& database) : database_(database), thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void Writer::enqueue(std::unique_ptr<AnyTask> task) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(task));
  }
  arrived_.notify_one();
}

void Writer::work() {
  for (;;) {
    const Batch batch = wait_for_batch();
    if (batch.empty()) return;
    const std::optional<Error> failure = commit(batch);
    for (const auto& task : batch) task->finish(failure);
  }
}

/// Everything that waits; empty only when we are stopping and nothing is left.
Writer::Batch Writer::wait_for_batch() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  return std::exchange(queue_, {});
}

std::optional<Error> Writer::commit(const Batch& batch) {
  try {
    Transaction transaction(database_);
    for (const auto& task : batch) task->run();
    transaction.commit();
    ++commits_;
    return std::nullopt;
  } catch (const DatabaseFailure& failure) {
    return failure.error();
  } catch (const std::exception& other) {  // out of memory, most likely
    return Error(ErrorKind::transient, std::string("the store could not do its work: ") + other.what());
  }
}

}  // namespace azrestored
