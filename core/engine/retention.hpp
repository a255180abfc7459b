// Keeps finished jobs for `retention.finishedJobs` and then removes them: a few at a time, with a pause behind each
// few, so that nobody who works with the store notices; once a day, and a minute after the start, when the jobs of a
// restart are through.
//
// The file goes before the row. A crash between the two leaves a row without its file, which the next round removes;
// the other way round it would leave a file of a job that nobody knows, for ever.
#pragma once

#include <functional>
#include <memory>

#include "core/base/clock.hpp"
#include "core/job/observer.hpp"
#include "core/store/finished_jobs.hpp"

namespace azrestored {

class Retention {
 public:
  /// `told` of each round that removed something, with how many.
  Retention(FinishedJobs& jobs, Originals& originals, Clock& clock, Observer& observer, Millis keep,
            std::function<void(std::int64_t)> reported);

  /// Until stop().
  asio::awaitable<void> run();
  /// Another span from the next round on.
  void keep_for(Millis span) { keep_ = span; }
  void stop();

 private:
  asio::awaitable<void> remove_all();
  asio::awaitable<Result<int>> remove_some();
  asio::awaitable<void> rest(Millis span);

  FinishedJobs& jobs_;
  Originals& originals_;
  Clock& clock_;
  Observer& observer_;
  Millis keep_;
  const std::function<void(std::int64_t)> reported_;
  std::unique_ptr<Timer> timer_;
  bool stopping_ = false;
};

}  // namespace azrestored
