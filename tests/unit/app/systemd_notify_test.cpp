// What systemd receives: the test listens on a socket of its own instead.
#include "daemon/app/systemd_notify.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "tests/support/files.hpp"

namespace azrestored::test {
namespace {

class SystemdNotifyTest : public testing::Test {
 protected:
  SystemdNotifyTest() {
    const std::string path = folder.path() / "notify";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~SystemdNotifyTest() override {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    ::close(socket_);
  }

  /// Everything received so far.
  std::vector<std::string> heard() {
    std::vector<std::string> messages;
    std::array<char, 4096> block{};
    for (;;) {
      const auto count = ::recv(socket_, block.data(), block.size(), MSG_DONTWAIT);
      if (count < 0) return messages;
      messages.emplace_back(block.data(), static_cast<std::size_t>(count));
    }
  }

  static void watch_every(std::chrono::microseconds period) {
    ::setenv("WATCHDOG_USEC", std::to_string(period.count()).c_str(), 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  }

  TempDir folder;
  boost::asio::io_context loop{1};

 private:
  int socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

using Messages = std::vector<std::string>;

TEST_F(SystemdNotifyTest, ItReportsReadinessStatusAndTheEnd) {
  SystemdNotify notify(loop.get_executor());
  notify.ready("3 jobs active");
  notify.status("sign-in fails:\nREADY=0");
  notify.stopping();
  EXPECT_EQ(heard(), (Messages{"READY=1", "STATUS=3 jobs active", "STATUS=sign-in fails:\\x0aREADY=0",
                               "STOPPING=1\nSTATUS=Stopping"}));
}

TEST_F(SystemdNotifyTest, AReloadBeginsAndEnds) {
  SystemdNotify notify(loop.get_executor());
  notify.ready("Idle");
  notify.reloading();
  notify.reloaded();
  EXPECT_EQ(heard(), (Messages{"READY=1", "STATUS=Idle", "RELOADING=1", "READY=1"}));
}

TEST_F(SystemdNotifyTest, AStatusThatHasNotChangedIsNotSentAgain) {
  SystemdNotify notify(loop.get_executor());
  notify.ready("1 running");
  notify.status("1 running");
  notify.status("Idle");
  EXPECT_EQ(heard(), (Messages{"READY=1", "STATUS=1 running", "STATUS=Idle"}));
}

TEST_F(SystemdNotifyTest, TheWatchdogIsFedFourTimesAPeriodUntilTheEnd) {
  watch_every(std::chrono::milliseconds(400));
  SystemdNotify notify(loop.get_executor());
  notify.ready("");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(heard().back(), "WATCHDOG=1");
  for (int fed = 0; fed < 3; ++fed) ASSERT_EQ(loop.run_one_for(std::chrono::seconds(30)), 1U);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(300));
  EXPECT_EQ(heard(), (Messages{"WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"}));
  notify.stopping();
  loop.run_for(std::chrono::seconds(30));
  EXPECT_TRUE(loop.stopped());
  EXPECT_EQ(heard(), (Messages{"STOPPING=1\nSTATUS=Stopping"}));
}

TEST_F(SystemdNotifyTest, WithoutAWatchdogNothingIsFed) {
  SystemdNotify notify(loop.get_executor());
  notify.ready("");
  loop.run_for(std::chrono::seconds(30));
  EXPECT_TRUE(loop.stopped());
  EXPECT_EQ(heard(), (Messages{"READY=1", "STATUS="}));
}

}  // namespace
}  // namespace azrestored::test
