// What a client can and cannot do to the control server: limits, deadlines, permissions, and the socket's file.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/raw_connection.hpp"
#include "tests/support/served_jobs.hpp"

namespace azrestored::test {
namespace {

constexpr const char* status_request = "GET /v1/status HTTP/1.1\r\nHost: azrestored\r\n\r\n";

/// What a killed daemon leaves: the socket's file without a listener.
void leave_stale_socket(const std::string& path) {
  const FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

TEST(ControlServerTest, TheSocketIsForItsOwnerOnlyWhateverTheUmask) {
  ServedJobs jobs;
  const mode_t before = ::umask(0);
  ASSERT_TRUE(jobs.serve());
  ::umask(before);
  struct stat found {};
  ASSERT_EQ(::lstat(jobs.socket().c_str(), &found), 0);
  EXPECT_TRUE(S_ISSOCK(found.st_mode));
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST(ControlServerTest, TheSocketOfADeadDaemonIsReplaced) {
  ServedJobs jobs;
  leave_stale_socket(jobs.socket());
  ASSERT_TRUE(jobs.serve());
  EXPECT_EQ(ask(jobs.socket(), "GET", "/v1/status").status, 200);
}

TEST(ControlServerTest, TheSocketOfALiveDaemonIsNotReplaced) {
  ServedJobs first;
  ASSERT_TRUE(first.serve());
  ServedJobs second;
  ControlServer::Options options;
  options.path = first.socket();
  const auto started = second.serve(options);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind(), ErrorKind::conflict);
  second.stop();
  EXPECT_EQ(ask(first.socket(), "GET", "/v1/status").status, 200);
}

TEST(ControlServerTest, AFileThatIsNoSocketIsNotReplaced) {
  ServedJobs jobs;
  std::ofstream(jobs.socket()) << "precious";
  const auto started = jobs.serve();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind(), ErrorKind::refused);
  EXPECT_TRUE(std::filesystem::is_regular_file(jobs.socket()));
}

TEST(ControlServerTest, AMissingFolderAndATooLongPathAreRefused) {
  ServedJobs jobs;
  ControlServer::Options options;
  options.path = jobs.folder / "missing/control.sock";
  EXPECT_EQ(jobs.serve(options).error().sentence(),
            "control.socket " + options.path +
                ": cannot listen here: No such file or directory; the folder must exist and be writable");
  options.path = jobs.folder / std::string(200, 'x');
  EXPECT_EQ(jobs.serve(options).error().kind(), ErrorKind::refused);
}

TEST(ControlServerTest, StoppingRemovesTheSocketAndClosesEveryConnection) {
  ServedJobs jobs;
  ASSERT_TRUE(jobs.serve());
  RawConnection idle(jobs.socket());
  idle.write(status_request);
  ASSERT_TRUE(idle.read_some(12).starts_with("HTTP/1.1 200"));
  jobs.stop();
  idle.read_to_end();  // throws if the connection stays open
  EXPECT_FALSE(std::filesystem::exists(jobs.socket()));
}

TEST(ControlServerTest, TheSocketOfALaterDaemonIsNotRemoved) {
  ServedJobs jobs;
  ASSERT_TRUE(jobs.serve());
  std::filesystem::remove(jobs.socket());
  leave_stale_socket(jobs.socket());
  jobs.stop();
  EXPECT_TRUE(std::filesystem::exists(jobs.socket()));
}

TEST(ControlServerTest, AConnectionServesSeveralRequests) {
  ServedJobs jobs;
  ASSERT_TRUE(jobs.serve());
  RawConnection connection(jobs.socket());
  connection.write(status_request);
  connection.write("GET /v1/jobs HTTP/1.1\r\nConnection: close\r\n\r\n");
  const std::string both = connection.read_to_end();
  EXPECT_NE(both.find("\"version\""), std::string::npos);
  EXPECT_NE(both.find("\"next\":null"), std::string::npos);
}

TEST(ControlServerTest, AClientWithoutAccessIsRefusedBeforeItsRequestIsRead) {
  ServedJobs jobs;
  ControlServer::Options options;
  uid_t seen = 12345;
  options.may_speak = [&seen](uid_t uid) {
    seen = uid;
    return false;
  };
  ASSERT_TRUE(jobs.serve(options));
  RawConnection connection(jobs.socket());
  const RawAnswer answer = parse_answer(connection.read_to_end());
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.code(), "notAuthorized");
  EXPECT_EQ(seen, ::getuid());
}

TEST(ControlServerTest, RootAndTheDaemonsOwnUserHaveAccess) {
  EXPECT_TRUE(is_root_or_self(0));
  EXPECT_TRUE(is_root_or_self(::getuid()));
  EXPECT_FALSE(is_root_or_self(::getuid() + 1));
}

TEST(ControlServerTest, TheSixtyFifthConnectionReplacesTheOneThatIsIdleLongest) {
  ServedJobs jobs;
  ASSERT_TRUE(jobs.serve());
  std::vector<std::unique_ptr<RawConnection>> open;
  for (int i = 0; i < 64; ++i) open.push_back(std::make_unique<RawConnection>(jobs.socket()));
  open.front()->write(status_request);  // no longer the one that is idle longest
  ASSERT_TRUE(open.front()->read_some(12).starts_with("HTTP/1.1 200"));

  EXPECT_EQ(ask(jobs.socket(), "GET", "/v1/status").status, 200);
  EXPECT_EQ(open[1]->read_to_end(), "");
  open[2]->write("GET /v1/status HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(parse_answer(open[2]->read_to_end()).status, 200);
}

TEST(ControlServerTest, AClientBeyondTheConnectionLimitIsRefused) {
  ServedJobs jobs;
  ControlServer::Options options;
  options.max_connections = 0;  // as if all connections were busy
  ASSERT_TRUE(jobs.serve(options));
  const RawAnswer refused = parse_answer(RawConnection(jobs.socket()).read_to_end());
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.code(), "unavailable");
}

TEST(ControlServerTest, ARequestOfAHundredKibibytesIsRefused) {
  ServedJobs jobs;
  ASSERT_TRUE(jobs.serve());
  RawConnection connection(jobs.socket());
  connection.write("POST /v1/jobs/a/cancel HTTP/1.1\r\nContent-Length: 102400\r\n\r\n");
  connection.write(std::string(102'400, 'x'));
  EXPECT_EQ(parse_answer(connection.read_to_end()).status, 413);
}

TEST(ControlServerTest, AHeaderWithoutEndIsRefused) {
  ServedJobs jobs;
  ASSERT_TRUE(jobs.serve());
  RawConnection connection(jobs.socket());
  connection.write("GET /v1/status HTTP/1.1\r\nX: " + std::string(102'400, 'x'));
  EXPECT_EQ(parse_answer(connection.read_to_end()).status, 431);
}

TEST(ControlServerTest, BytesThatAreNotHttpAreABadRequest) {
  ServedJobs jobs;
  ASSERT_TRUE(jobs.serve());
  RawConnection connection(jobs.socket());
  connection.write("\x16\x03\x01 hello, is this TLS?\r\n\r\n");
  EXPECT_EQ(parse_answer(connection.read_to_end()).status, 400);
}

TEST(ControlServerTest, ASlowClientAndAnIdleOneAreDisconnected) {
  ServedJobs jobs;
  ControlServer::Options options;
  options.deadline = Millis(200);
  ASSERT_TRUE(jobs.serve(options));
  RawConnection slow(jobs.socket());
  slow.write("GET /v1/sta");
  RawConnection idle(jobs.socket());
  EXPECT_EQ(slow.read_to_end(), "");
  EXPECT_EQ(idle.read_to_end(), "");
}

}  // namespace
}  // namespace azrestored::test
