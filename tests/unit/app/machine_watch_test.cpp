// A store that has become useless ends the daemon, also while there is nothing to save.
#include "daemon/app/machine_watch.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <stdexcept>

namespace azrestored::test {
namespace {

class FakeHealth final : public StoreHealth {
 public:
  [[nodiscard]] std::optional<Error> fatal_error() const override { return fatal; }
  asio::awaitable<Result<std::optional<Instant>>> last_success() override { co_return std::nullopt; }
  [[nodiscard]] LatencyHistogram::Snapshot commit_latencies() const override { return {}; }

  std::optional<Error> fatal;
};

class MachineWatchTest : public testing::Test {
 protected:
  /// Starts it; what it threw is in failure_ after it has ended.
  void start() {
    asio::co_spawn(loop_, watch_.run(), [this](const std::exception_ptr& thrown) {
      ended_ = true;
      try {
        if (thrown) std::rethrow_exception(thrown);
      } catch (const std::runtime_error& error) {
        failure_ = error.what();
      }
    });
  }

  asio::io_context loop_{1};
  FakeHealth health_;
  MonotonicUtcClock clock_{loop_.get_executor()};
  MachineWatch watch_{loop_.get_executor(), health_, clock_};
  bool ended_ = false;
  std::string failure_;
};

TEST_F(MachineWatchTest, AFatalErrorOfTheStoreIsThrownInItsWords) {
  start();
  loop_.poll();
  EXPECT_FALSE(ended_);
  health_.fatal = Error(ErrorKind::corrupt, "the database is gone");
  loop_.run_for(std::chrono::seconds(20));
  EXPECT_TRUE(ended_);
  EXPECT_EQ(failure_, "the database is gone");
}

TEST_F(MachineWatchTest, StoppedItEndsAtOnce) {
  start();
  loop_.poll();
  watch_.stop();
  loop_.poll();
  EXPECT_TRUE(ended_);
  EXPECT_EQ(failure_, "");
}

}  // namespace
}  // namespace azrestored::test
