// The system clock and random numbers, through their ports.
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <regex>
#include <set>

#include "daemon/os/random_ids.hpp"
#include "daemon/os/system_clock.hpp"

namespace azrestored::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class SystemClockTest : public testing::Test {
 protected:
  void sleep_until(Instant at) {
    awake = false;
    asio::co_spawn(loop, alarm->wait_until(at),
                   asio::bind_cancellation_slot(cancel.slot(), [this](const std::exception_ptr&) { awake = true; }));
  }

  /// Runs the loop until nothing is left to wait for; false if that takes too long.
  bool wakes() {
    loop.restart();
    loop.run_for(seconds(30));
    return awake;
  }

  asio::io_context loop{1};
  SystemClock clock{loop.get_executor()};
  std::unique_ptr<Timer> alarm = clock.make_timer();
  asio::cancellation_signal cancel;
  bool awake = false;
};

TEST_F(SystemClockTest, ItSleepsUntilTheInstant) {
  const Instant at = clock.now() + Millis(50);
  sleep_until(at);
  EXPECT_TRUE(wakes());
  EXPECT_GE(clock.now(), at);
}

TEST_F(SystemClockTest, ThePastIsNotWaitedFor) {
  sleep_until(clock.now() - hours(1));
  EXPECT_TRUE(wakes());
}

TEST_F(SystemClockTest, ARingWakesTheSleeper) {
  sleep_until(clock.now() + hours(1));
  loop.poll();
  EXPECT_FALSE(awake);
  alarm->notify();
  EXPECT_TRUE(wakes());
}

TEST_F(SystemClockTest, ARingBeforeTheSleepWakesOnce) {
  alarm->notify();
  sleep_until(clock.now() + hours(1));
  EXPECT_TRUE(wakes());
  sleep_until(clock.now() + hours(1));
  loop.restart();
  loop.poll();
  EXPECT_FALSE(awake);
  alarm->notify();
  EXPECT_TRUE(wakes());
}

TEST_F(SystemClockTest, ACancelledSleepEnds) {
  sleep_until(clock.now() + hours(1));
  loop.poll();
  cancel.emit(asio::cancellation_type::terminal);
  EXPECT_TRUE(wakes());
}

TEST(RandomIdsTest, IdsAreUuidsOfVersion4AndDiffer) {
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  RandomIds ids;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = ids.uuid();
    EXPECT_TRUE(std::regex_match(id, form)) << id;
    EXPECT_TRUE(seen.insert(id).second);
  }
}

TEST(RandomIdsTest, FractionsAreSpreadOverZeroToOne) {
  RandomIds ids;
  std::set<int> tenths;
  for (int i = 0; i < 1000; ++i) {
    const double fraction = ids.fraction();
    ASSERT_GE(fraction, 0);
    ASSERT_LT(fraction, 1);
    tenths.insert(static_cast<int>(fraction * 10));
  }
  EXPECT_EQ(tenths.size(), 10U);  // missing one by chance: once in 10^45
}

}  // namespace
}  // namespace azrestored::test
