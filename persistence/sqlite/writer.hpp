// The one thread that uses the database, and the bridge by which coroutines wait for it (STYLE: the loop never waits on
// the disk). Everything that waits goes into one transaction, so that a thousand jobs that move on at once cost one
// fsync.
//
//   coroutine ──perform(body)──► queue ──► [writer: BEGIN, body, body, ..., COMMIT] ──post──► coroutine goes on
//
// A caller is told only when the fate of the whole transaction is known. A body that returns an Error (a conflict, say)
// has changed nothing and disturbs nobody; a body that throws, or a COMMIT that fails, undoes the batch, and every
// caller in it gets that error, whatever its body had returned: no false success, and no read of what was then undone.
// Once the database has proved damaged, or is no longer where it was, nothing is tried any more: every caller gets that
// error, and trouble() tells whoever can stop the daemon.
// An error may still be a false alarm (a COMMIT whose fsync failed can survive): load again before deciding anything.
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

class Writer {
 public:
  /// Nobody else uses `database`, or what is prepared on it, from now until the destructor returns. `files`: those of
  /// the database, looked at after every commit; none for a database that is not a file.
  explicit Writer(Database& database, std::optional<DatabaseFiles> files = std::nullopt);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  /// Does what is queued, tells its callers, and joins. The io_context of every caller must still exist.
  ~Writer();

  /// Awaits `body()`, a Result, run on the writer thread inside a transaction; resumes on the caller's executor.
  /// Cannot be cancelled: what was asked for is done, and the caller learns how it ended.
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

  /// How many transactions were committed: shows that grouping works.
  [[nodiscard]] std::uint64_t commits() const { return commits_; }

  /// How long changes waited until they were on disk; what was only read is not in it. Any thread.
  [[nodiscard]] CommitTimes::Snapshot commit_times() const { return commit_times_.snapshot(); }

  /// Why this store is of no use any more; looks at the database's files. Any thread.
  [[nodiscard]] std::optional<Error> trouble() const;

 private:
  /// Work and the caller that waits for it, whatever their types: Boost 1.81 has no any_completion_handler, and a
  /// handler can only be moved, which std::function does not allow.
  class AnyTask {
   public:
    virtual ~AnyTask() = default;
    virtual void run() = 0;
    /// Tells the caller what run() came to, or `failure` when there is one. Once, as the last call.
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
    // Without it an io_context that has nothing else to do would return from run() while we are on the disk. It ends
    // on the caller's thread: whoever gives up the last work stops the io_context, a moment later.
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
  CommitTimes commit_times_;
  mutable std::mutex mutex_;  // guards the three below
  std::optional<Error> damage_;
  Batch queue_;
  bool stopping_ = false;
  std::condition_variable arrived_;
  std::thread thread_;  // last: starts when everything else exists
};

}  // namespace azrestored
