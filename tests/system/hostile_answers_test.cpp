// Goal: whatever Azure responds, the daemon's memory stays small, and there is one restore with its correct end.
// Method: a middleman sends one hostile response after the other instead of a list, of the response to the restore
// request and of the operation's status, and then the real one. The kernel reports the peak of the daemon's memory.
#include <gtest/gtest.h>

#include <mutex>

#include "tests/support/middleman.hpp"
#include "tests/support/process_figures.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr std::size_t gibibyte = std::size_t{1} << 30U;

/// A start, and a part that is repeated until the daemon disconnects or a gibibyte was sent.
struct HostileAnswer {
  std::string beginning, again;
};

const std::vector<HostileAnswer>& hostile_answers() {
  static const std::string block(64U << 10U, 'x');
  static const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  static const std::vector<HostileAnswer> all = {
      {"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", block},
      {chunked, "10000\r\n" + block + "\r\n"},
      {chunked + "1;", block},
      {chunked + "0\r\nX: ", block},
      {"HTTP/1.0 200 OK\r\n\r\n", block},
      {"HTTP/1.1 200 OK\r\n", "X-More: and more and more and more and more and more\r\n"},
      {"", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"},
  };
  return all;
}

void write_until_refused(Peer& peer, const HostileAnswer& answer) {
  bool is_open = peer.write(answer.beginning);
  for (std::size_t sent = 0; is_open && sent < gibibyte; sent += answer.again.size())
    is_open = peer.write(answer.again);
  peer.close_now();
}

class HostileAnswers : public testing::TestWithParam<const char*> {};

/// `takes_effect`: the simulator also gets the request.
TEST_P(HostileAnswers, CostLittleMemoryAndNoRestoreMoreOrLess) {
  Stage stage;
  std::mutex mutex;
  std::size_t next = 0;
  const std::string place = GetParam();
  const bool is_restore = place.find("/restore?") != std::string::npos;
  const auto script = [&](const std::string& request, const std::function<Answer()>& azure, Peer& peer) {
    const std::string line = request.substr(0, request.find('\r'));
    const HostileAnswer* hostile = nullptr;
    {
      const std::lock_guard lock(mutex);
      if (line.find(place) != std::string::npos && next < hostile_answers().size())
        hostile = &hostile_answers()[next++];
    }
    if (hostile == nullptr) {
      peer.write(azure().text());
      return;
    }
    if (is_restore && next == 1) azure();  // the first request starts the restore, and the daemon cannot know it
    if (is_restore) next = hostile_answers().size();
    write_until_refused(peer, *hostile);
  };
  Middleman middleman(stage.sim.http_port(), certificate_in(stage.certificates(), "server"), script);
  Json settings = Json::object();
  // Otherwise the vault's list would report the operation's outcome first.
  if (place == "/operationsStatus/") settings["polling"]["jobInterval"] = "30s";
  stage.configure(middleman.url(), settings);
  stage.daemon.start({{"ASAN_OPTIONS", "quarantine_size_mb=1"}});  // otherwise freed memory counts as well
  const std::size_t before_kib = peak_memory_kib(stage.daemon.pid());
  stage.drop(disks_job("drill"));

  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(next, hostile_answers().size()) << "not every hostile response was sent";
  EXPECT_EQ(stage.sim.restores().size(), 1U);
  EXPECT_LT(peak_memory_kib(stage.daemon.pid()), before_kib + 100 * 1024);  // responses of 8 MiB are allowed
}

INSTANTIATE_TEST_SUITE_P(Hostile, HostileAnswers,
                         testing::Values("/recoveryPoints?", "/restore?", "/operationsStatus/"), [](const auto& each) {
                           const std::string place = each.param;
                           return place == "/restore?"          ? "ToTheRestore"
                                  : place == "/recoveryPoints?" ? "ToTheRecoveryPoints"
                                                                : "ToTheOperation";
                         });

}  // namespace
}  // namespace azrestored::test
