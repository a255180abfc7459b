// The only thread that uses the database. Coroutines wait for it without blocking the event loop. All queued tasks go
// into one transaction, so that a thousand simultaneous changes cost one fsync.
//
//   coroutine ──perform(body)──► queue ──► [writer: BEGIN, body, body, ..., COMMIT] ──post──► coroutine resumes
//
// A caller resumes only when the result of the whole transaction is known. A body that returns an Error (a conflict)
// has changed nothing and does not affect the others. If a body throws or COMMIT fails, the batch is rolled back and
// every caller in it gets that error, whatever its body returned. So no caller sees a false success or data that was
// rolled back. If the database is damaged, removed or replaced, the writer attempts nothing more: every caller gets
// that error, and fatal_error() returns it. A reported error may be false (a COMMIT whose fsync failed can survive a
// crash): load again before you decide.
#pragma once

#include <atomic>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/latency_histogram.hpp"
#include "core/base/result.hpp"
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/database_files.hpp"

namespace azrestored {

namespace asio = boost::asio;

class GroupCommitWriter {
 public:
  /// No other code may use `database`, or its statements, until the destructor returns. `files` are checked after every
  /// commit; nullopt for a database that is not a file.
  explicit GroupCommitWriter(Database& database, std::optional<DatabaseFiles> files = std::nullopt);
  GroupCommitWriter(const GroupCommitWriter&) = delete;
  GroupCommitWriter& operator=(const GroupCommitWriter&) = delete;
  /// Runs the queued tasks, resumes their callers, and joins. The io_context of every caller must still exist.
  ~GroupCommitWriter();

  /// Runs `body()` on the writer thread inside a transaction and returns its Result; resumes on the caller's executor.
  /// Cannot be cancelled: the body runs, and the caller gets the result.
  template <class Body>
  asio::awaitable<std::invoke_result_t<Body&>> perform(Body body) {
    using Answer = std::invoke_result_t<Body&>;
    auto initiation = [this, body = std::move(body)](auto handler) mutable {
      using Handler = decltype(handler);
      enqueue(std::make_unique<Task<Body, Answer, Handler>>(std::move(body), std::move(handler)));
    };
    return asio::async_initiate<decltype(asio::use_awaitable), void(Answer)>(std::move(initiation),
                                                                             asio::use_awaitable);
  }

  /// The number of committed transactions. Tests use it to check the grouping.
  [[nodiscard]] std::uint64_t commits() const { return commits_; }

  /// How long changes waited until they were on disk; transactions that only read do not count. Any thread.
  [[nodiscard]] LatencyHistogram::Snapshot commit_times() const { return commit_times_.snapshot(); }

  /// Why this store cannot be used any more; nullopt if it can. Checks the database's files. Any thread.
  [[nodiscard]] std::optional<Error> fatal_error() const;

 private:
  /// A task and its waiting caller, with their types erased: Boost 1.81 has no any_completion_handler, and
  /// std::function cannot hold a handler, which can only be moved.
  class AnyTask {
   public:
    virtual ~AnyTask() = default;
    virtual void run() = 0;
    /// Resumes the caller with the result of run(), or with `failure` if it is set. Called once, as the last call.
    virtual void finish(const std::optional<Error>& failure) = 0;

    const std::chrono::steady_clock::time_point asked_at = std::chrono::steady_clock::now();
  };

  template <class Body, class Answer, class Handler>
  class Task : public AnyTask {
   public:
    Task(Body body, Handler handler)
        : body_(std::move(body)), handler_(std::move(handler)), work_(asio::get_associated_executor(handler_)) {}

    void run() override { answer_.emplace(body_()); }

    void finish(const std::optional<Error>& failure) override {
      if (failure) answer_.emplace(*failure);
      const auto executor = work_.get_executor();
      auto resume = [work = std::move(work_), handler = std::move(handler_), answer = std::move(*answer_)]() mutable {
        std::move(handler)(std::move(answer));
      };
      asio::post(executor, std::move(resume));
    }

   private:
    Body body_;
    Handler handler_;
    std::optional<Answer> answer_;
    // Without it an io_context that has no other work would return from run() during the disk access. It is moved to
    // the caller's thread and released there, because releasing the last work stops the io_context.
    asio::executor_work_guard<asio::associated_executor_t<Handler>> work_;
  };

  using Batch = std::vector<std::unique_ptr<AnyTask>>;

  void enqueue(std::unique_ptr<AnyTask> task);
  void work();
  Batch wait_for_batch();
  std::optional<Error> commit(const Batch& batch);
  std::optional<Error> try_to_commit(const Batch& batch);
  void note_times(const Batch& batch);
  [[nodiscard]] std::optional<Error> damage() const;

  Database& database_;
  const std::optional<DatabaseFiles> files_;
  std::atomic<std::uint64_t> commits_ = 0;
  LatencyHistogram commit_times_;
  mutable std::mutex mutex_;  // guards the next three
  std::optional<Error> damage_;
  Batch queue_;
  bool stopping_ = false;
  std::condition_variable arrived_;
  std::thread thread_;  // last: starts when everything else exists
};

}  // namespace azrestored
