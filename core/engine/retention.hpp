// Removes finished jobs after `retention.finishedJobs`: shortly after the start, and then once a day, in small batches
// with a pause after each, so that other users of the store are not delayed.
//
// The file is removed before the row. A crash between the two leaves a row without a file, which the next round
// removes. The opposite order would leave a file without a row, which nothing would ever remove.
#pragma once

#include <functional>
#include <memory>

#include "core/base/clock.hpp"
#include "core/job/observer.hpp"
#include "core/store/finished_jobs.hpp"

namespace azrestored {

class Retention {
 public:
  /// `reported` is called after each round that removed jobs, with their number.
  Retention(FinishedJobs& jobs, Originals& originals, Clock& clock, Observer& observer, Millis keep,
            std::function<void(std::int64_t)> reported);

  /// Ends soon after stop().
  asio::awaitable<void> run();
  /// Changes the retention period, from the next batch on.
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
