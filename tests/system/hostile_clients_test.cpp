// Goal: a client of the control socket can neither stop restores nor block other clients; a client without permission
// gets a refusal. Method: many connections, slow and oversized requests and another user against the real daemon.
// Meanwhile azrestorectl is served and a restore runs. Afterwards all descriptors are closed and memory has stayed
// small.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/process_figures.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

using test::parse_answer;
using test::RawConnection;

class HostileClients : public testing::Test {
 protected:
  HostileClients() {
    rlimit most{};
    ::getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &most);
    stage.daemon.start();
    EXPECT_EQ(stage.ctl({"status"}).ending, 0);
    descriptors = open_descriptors(stage.daemon.pid());
    peak_kib = peak_memory_kib(stage.daemon.pid());
  }

  [[nodiscard]] std::string socket() const { return stage.path("daemon/control.sock"); }

  /// A normal client is served and a restore finishes.
  void expect_business_as_usual() {
    EXPECT_EQ(stage.ctl({"status"}).ending, 0);
    stage.drop(disks_job("drill"));
    EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
    EXPECT_EQ(stage.sim.restores().size(), 1U);
  }

  void expect_all_given_back() {
    const auto are_back = [&] { return open_descriptors(stage.daemon.pid()) <= descriptors + 2; };  // Azure's stay open
    EXPECT_TRUE(wait_until(are_back)) << open_descriptors(stage.daemon.pid()) << " open, " << descriptors << " before";
    EXPECT_LT(peak_memory_kib(stage.daemon.pid()), peak_kib + 64 * 1024);
  }

  Stage stage;
  std::size_t descriptors = 0;
  std::size_t peak_kib = 0;
};

TEST_F(HostileClients, AThousandConnectionsBlockNoOtherClient) {
  std::vector<std::unique_ptr<RawConnection>> crowd;
  for (int i = 0; i < 1000; ++i) {
    crowd.push_back(std::make_unique<RawConnection>(socket()));
    if (i % 2 == 0) crowd.back()->write("GET /v1/sta");
  }
  expect_business_as_usual();
  crowd.clear();
  expect_all_given_back();
}

TEST_F(HostileClients, SlowAndAbortedRequestsBlockNothing) {
  auto slow = std::make_unique<RawConnection>(socket());
  slow->write("GET /v1/status HTTP/1.1\r\nX: ");
  for (int i = 0; i < 300; ++i)
    RawConnection(socket()).write("POST /v1/jobs/x/cancel HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf");
  expect_business_as_usual();
  slow->write("x");
  EXPECT_EQ(stage.ctl({"status"}).ending, 0);
  slow.reset();
  expect_all_given_back();
}

TEST_F(HostileClients, RequestsOfAHundredMebibytesAreRefused) {
  constexpr std::size_t size = 100U << 20U;
  const auto answer_to = [&](const std::string& head) {
    RawConnection connection(socket());
    connection.write(head);
    connection.write(std::string(size, 'x'));
    return parse_answer(connection.read_to_end()).status;
  };
  EXPECT_EQ(answer_to("POST /v1/dry-run HTTP/1.1\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n"), 413);
  EXPECT_EQ(answer_to("POST /v1/dry-run HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n6400000\r\n"), 413);
  EXPECT_EQ(answer_to("GET /v1/jobs/"), 431) << "a line without end";
  EXPECT_EQ(answer_to("GET /v1/status HTTP/1.1\r\nX: "), 431) << "a header without end";
  expect_business_as_usual();
  expect_all_given_back();
}

/// The result for another user: the error of connect(), or 0 and the status of the response.
std::pair<int, int> ask_as_nobody(const std::string& path) {
  constexpr uid_t nobody = 65534;
  int result[2];
  EXPECT_EQ(::pipe(result), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    std::pair<int, int> got{0, 0};
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const bool is_nobody = ::setresuid(nobody, nobody, nobody) == 0;
    if (!is_nobody || ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      got.first = is_nobody ? errno : EINVAL;
    } else {
      const std::string request = "GET /v1/status HTTP/1.1\r\nConnection: close\r\n\r\n";
      ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
      char answer[13] = {};
      ::recv(socket, answer, 12, MSG_WAITALL);
      got.second = std::atoi(answer + 9);
    }
    (void)!::write(result[1], &got, sizeof got);
    ::_exit(0);
  }
  std::pair<int, int> got{-1, -1};
  ::close(result[1]);
  (void)!::read(result[0], &got, sizeof got);
  ::close(result[0]);
  ::waitpid(child, nullptr, 0);
  return got;
}

TEST_F(HostileClients, AnotherUserIsRefusedByTheFileAndByTheDaemon) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  std::filesystem::permissions(stage.path(""), std::filesystem::perms(0711));
  EXPECT_EQ(ask_as_nobody(socket()), std::pair(EACCES, 0));

  std::filesystem::permissions(socket(), std::filesystem::perms(0666));  // a possible mistake of an administrator
  EXPECT_EQ(ask_as_nobody(socket()), std::pair(0, 403));
  expect_business_as_usual();
  expect_all_given_back();
}

}  // namespace
}  // namespace azrestored::test
