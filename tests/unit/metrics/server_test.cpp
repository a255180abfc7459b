// The metrics over TCP: what is served, where, and what slow and hostile clients can do.
#include "daemon/metrics/server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <future>
#include <thread>

#include "gtest/gtest.h"
#include "tests/support/raw_connection.hpp"

namespace azrestored::test {
namespace {

namespace asio = boost::asio;

/// A server with its loop on its own thread.
class Served {
 public:
  ~Served() {
    on_loop([this] { server_.reset(); });
    work_.reset();
    thread_.join();
  }

  void on_loop(const std::function<void()>& deed) {
    std::promise<void> done;
    asio::post(loop_, [&] {
      deed();
      done.set_value();
    });
    done.get_future().wait();
  }

  Result<void> listen(const std::string& address) {
    Result<void> listening;
    on_loop([&] { listening = server_->listen(address); });
    return listening;
  }

  std::uint16_t port() {
    int port = 0;
    on_loop([&] { port = server_->port(); });
    return static_cast<std::uint16_t>(port);
  }

  RawAnswer ask(const std::string& line) {
    RawConnection connection(port());
    connection.write(line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    return parse_answer(connection.read_to_end());
  }

  Result<MetricsText> page = MetricsText{"text/plain; version=0.0.4", "up 1\n"};

 private:
  asio::awaitable<Result<MetricsText>> text() { co_return page; }

  asio::io_context loop_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
  std::unique_ptr<MetricsServer> server_ =
      std::make_unique<MetricsServer>(loop_, [this](const std::string&) { return text(); });
  std::thread thread_{[this] { loop_.run(); }};
};

TEST(MetricsServer, ServesMetricsAndNothingElse) {
  Served served;
  ASSERT_TRUE(served.listen("127.0.0.1:0"));
  const RawAnswer page = served.ask("GET /metrics?x=1");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.text, "up 1\n");
  EXPECT_NE(page.head.find("text/plain; version=0.0.4"), std::string::npos);
  EXPECT_EQ(served.ask("GET /v1/jobs").status, 404);
  EXPECT_EQ(served.ask("GET /").text, "there is nothing at /; request /metrics\n");
  EXPECT_EQ(served.ask("POST /metrics").status, 405);
  EXPECT_EQ(served.ask("DELETE /metrics").text, "expected GET or HEAD, found DELETE\n");
  EXPECT_EQ(served.ask("nonsense").status, 400);
}

TEST(MetricsServer, AnswersHeadWithTheLengthAndWithoutTheBody) {
  Served served;
  ASSERT_TRUE(served.listen("127.0.0.1:0"));
  const RawAnswer head = served.ask("HEAD /metrics");
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.head.find("Content-Length: 5"), std::string::npos);
  EXPECT_EQ(head.text, "");
}

TEST(MetricsServer, SaysWhyThereAreNoMetrics) {
  Served served;
  ASSERT_TRUE(served.listen("127.0.0.1:0"));
  served.on_loop([&] { served.page = Error(ErrorKind::transient, "the disk is full"); });
  const RawAnswer answer = served.ask("GET /metrics");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.text, "the disk is full\n");
}

TEST(MetricsServer, AnIdleConnectionIsClosedForANewOne) {
  Served served;
  ASSERT_TRUE(served.listen("127.0.0.1:0"));
  std::vector<std::unique_ptr<RawConnection>> idle;
  for (int i = 0; i < 40; ++i) {
    idle.push_back(std::make_unique<RawConnection>(served.port()));
    idle.back()->write("GET /metr");
  }
  EXPECT_EQ(served.ask("GET /metrics").status, 200);
}

TEST(MetricsServer, AnOccupiedPortAndAForeignAddressAreRefusedWithASentence) {
  Served first;
  ASSERT_TRUE(first.listen("127.0.0.1:0"));
  const std::string taken = "127.0.0.1:" + std::to_string(first.port());
  Served second;
  const auto refused = second.listen(taken);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().sentence(),
            "metrics.listen " + taken + ": another program listens on this port; stop it, or choose another port");
  const auto foreign = second.listen("192.0.2.1:9633");  // RFC 5737: reserved, no machine has it
  ASSERT_FALSE(foreign);
  EXPECT_NE(foreign.error().sentence().find("expected an address of this machine"), std::string::npos);
}

TEST(MetricsServer, MovesToAnotherAddressAndEndsOnDemand) {
  Served served;
  ASSERT_TRUE(served.listen("127.0.0.1:0"));
  const auto before = served.port();
  ASSERT_TRUE(served.listen("127.0.0.1:0"));
  EXPECT_NE(served.port(), before);
  EXPECT_EQ(served.ask("GET /metrics").status, 200);
  EXPECT_THROW(RawConnection{before}, std::runtime_error);
  ASSERT_TRUE(served.listen(""));
  EXPECT_EQ(served.port(), 0);
}

}  // namespace
}  // namespace azrestored::test
