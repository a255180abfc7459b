// Goal: a process that may write to incoming/ can make the daemon read only job files, however quickly it exchanges
// them and whatever names it uses. Method: a thread renames a good file, a symbolic link and a hard link to a secret,
// and a FIFO over each other as quickly as it can, while scans run. Then names and kinds of files that no producer
// uses.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "core/base/utf8.hpp"
#include "tests/support/spool_world.hpp"

namespace azrestored {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view secret_mark = "what-only-root-may-read";

/// A correct job file: only its location prevents that it becomes a job.
std::string secret_job() {
  std::string text = good_job();
  return text.replace(text.find("web01"), 5, secret_mark);
}

class SpoolHostile : public SpoolWorld {
 protected:
  /// Nothing of the secret is in the store or in a file of the daemon.
  void expect_secret_kept() const {
    for (const auto& [id, row] : jobs()) EXPECT_EQ(row.spec.find(secret_mark), std::string::npos);
    for (const char* folder : {"accepted", "claimed", "rejected"}) {
      for (const fs::directory_entry& entry : fs::directory_iterator(spool() / folder)) {
        struct stat file {};
        if (::lstat(entry.path().c_str(), &file) != 0 || !S_ISREG(file.st_mode) || file.st_nlink != 1) continue;
        EXPECT_EQ(read_file(entry.path()).find(secret_mark), std::string::npos) << entry.path();
      }
    }
  }
};

TEST_F(SpoolHostile, AFileSwappedForALinkNeverExposesTheSecret) {
  constexpr int scans = 400;
  write_file(elsewhere("secret"), secret_job());
  std::atomic<bool> over = false;
  std::atomic<int> swaps = 0;
  std::thread swapper([&] {
    const std::string made = elsewhere("made");
    const std::string target = incoming("race.json");
    for (int round = 0; !over; ++round) {
      fs::remove(made);
      switch (round % 4) {
        case 0:
          write_file(made, good_job());
          break;
        case 1:
          fs::create_symlink(elsewhere("secret"), made);
          break;
        case 2:
          fs::create_hard_link(elsewhere("secret"), made);
          break;
        default:
          ::mkfifo(made.c_str(), 0600);
      }
      if (::rename(made.c_str(), target.c_str()) == 0) ++swaps;
    }
  });
  // On a busy machine the thread starts late: scan until it has swapped often enough.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  const auto enough = [&](int done) { return done >= scans && swaps > scans && !jobs().empty(); };
  for (int i = 0; !enough(i) && std::chrono::steady_clock::now() < deadline; ++i) scan();
  over = true;
  swapper.join();

  expect_secret_kept();
  EXPECT_EQ(read_file(elsewhere("secret")), secret_job());
  EXPECT_GT(swaps, scans) << "hardly anything was swapped";
  EXPECT_FALSE(jobs().empty()) << "no scan met a good file";
}

/// Keeps the window open: the inbox reads the store between its check and its claim.
TEST_F(SpoolHostile, AFileSwappedForAHardLinkBetweenCheckAndClaimIsNotRead) {
  write_file(elsewhere("secret"), secret_job());
  const JobId id = "11111111-1111-4111-8111-111111111111";  // makes the inbox read the store before it claims
  write_file(incoming(id + ".json"), good_job());
  store_.on_load = [&] {
    fs::remove(incoming(id + ".json"));
    fs::create_hard_link(elsewhere("secret"), incoming(id + ".json"));
  };
  scan();
  store_.on_load = nullptr;
  scan();
  EXPECT_TRUE(jobs().empty());
  expect_secret_kept();
}

TEST_F(SpoolHostile, OddNamesStayAreReportedPrintablyAndBlockNoOtherFile) {
  std::string all_bytes;
  for (int c = 1; c < 256; ++c) {
    if (c != '/') all_bytes += static_cast<char>(c);
  }
  const std::vector<std::string> odd = {"line\nbreak.json",    "\r\nX.json",          "bell\a.json",
                                        "esc\x1b[2J.json",     "\xff\xfe.json",       "cut-\xe2\x82.json",
                                        " blank.json",         "$(reboot).json",      "a..json\n",
                                        "-rf.json\t",          "caf\xc3\xa9.json",    all_bytes.substr(0, 127),
                                        all_bytes.substr(127), std::string(255, 'x'), std::string(254, '\n')};
  for (const std::string& name : odd) write_file(incoming(name), good_job());
  write_file(incoming("good.json"), good_job());
  scan();
  scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(names_in(incoming()).size(), odd.size());
  for (const auto& notice : observer_.notices) {
    EXPECT_EQ(notice.sentence, printable(notice.sentence));
    EXPECT_EQ(notice.sentence.find('\n'), std::string::npos) << notice.sentence;
  }
  EXPECT_EQ(observer_.notices.size(), odd.size()) << "each is reported once";
}

TEST_F(SpoolHostile, DevicesAndSocketsAreNotOpened) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = incoming("socket.json");
  ASSERT_LT(path.size(), sizeof address.sun_path);
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(socket);
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make device nodes";
  ASSERT_EQ(::mknod(incoming("zero.json").c_str(), S_IFCHR | 0666, makedev(1, 5)), 0);
  ASSERT_EQ(::mknod(incoming("disk.json").c_str(), S_IFBLK | 0600, makedev(7, 200)), 0);
  write_file(incoming("good.json"), good_job());
  scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(observer_.count("a device or a socket"), 3);
  EXPECT_EQ(names_in(incoming()), (std::vector<std::string>{"disk.json", "socket.json", "zero.json"}));
}

}  // namespace
}  // namespace azrestored
