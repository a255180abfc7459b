// run(): what starts a scan, and what ends it. Time is real here, because inotify and the quiet second are.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/spool_world.hpp"

namespace azrestored {
namespace {

namespace fs = std::filesystem;

class SpoolRun : public SpoolWorld {
 protected:
  void start(Millis rescan_interval) {
    clock_.ahead = Millis(0);
    options_.rescan_interval = rescan_interval;
    restart();
    const auto ended = [this](std::exception_ptr failure) {
      failure_ = failure;
      has_ended_ = true;
    };
    asio::co_spawn(loop_, inbox_->run(), ended);
  }

  /// Lets run() reach its first wait: later files are then found only by a hint or by the clock.
  void settle() {
    write_file(incoming("first.json"), good_job());
    run_loop_until([this] { return inbox_->counters().accepted == 1; });
  }

  void stop() {
    inbox_->stop();
    run_loop_until([this] { return has_ended_; });
    EXPECT_FALSE(failure_);
  }

  bool has_ended_ = false;
  std::exception_ptr failure_;
};

constexpr Millis never = std::chrono::hours(24);

TEST_F(SpoolRun, AFileThatIsThereAtTheStartIsTaken) {
  write_file(incoming("web01.json"), good_job());
  start(never);
  run_loop_until([this] { return inbox_->counters().accepted == 1; });
  stop();
}

TEST_F(SpoolRun, AFileRenamedIntoIncomingIsFoundByAHint) {
  start(never);
  settle();
  write_file(elsewhere("web01.json"), good_job());
  fs::rename(elsewhere("web01.json"), incoming("web01.json"));
  run_loop_until([this] { return inbox_->counters().accepted == 2; });
  stop();
}

TEST_F(SpoolRun, ACopyIsFoundByAHintOnceItIsFinished) {
  start(never);
  settle();
  const std::string text = good_job();
  {
    std::ofstream copy(incoming("copy.json"), std::ios::binary);
    copy << text.substr(0, 50) << std::flush;
    loop_.restart();
    loop_.poll();
    copy << text.substr(50);
  }
  run_loop_until([this] { return inbox_->counters().accepted == 2; });
  EXPECT_EQ(inbox_->counters().rejected, 0U);
  stop();
}

// inotify does not report that the other name of the file was removed, as if it had lost an event.
TEST_F(SpoolRun, AFileWithoutAHintIsFoundByTheNextScan) {
  start(Millis(50));
  settle();
  write_file(elsewhere("a.json"), good_job());
  fs::create_hard_link(elsewhere("a.json"), incoming("a.json"));
  run_loop_until([this] { return inbox_->counters().left_alone == 1; });
  fs::remove(elsewhere("a.json"));
  run_loop_until([this] { return inbox_->counters().accepted == 2; });
  stop();
}

TEST_F(SpoolRun, StopEndsAWaitThatWouldLastForHours) {
  start(never);
  settle();
  stop();
}

TEST_F(SpoolRun, StopBeforeTheFirstScanEndsItToo) {
  start(never);
  stop();
}

TEST_F(SpoolRun, ARemovedSpoolEndsRunWithASentence) {
  start(Millis(50));
  settle();
  fs::rename(incoming(), elsewhere("incoming"));
  run_loop_until([this] { return has_ended_; });
  ASSERT_TRUE(failure_);
  try {
    std::rethrow_exception(failure_);
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("was removed or replaced"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace azrestored
