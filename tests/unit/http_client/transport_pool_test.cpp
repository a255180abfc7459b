// Many exchanges of the HTTPS transport: which connections are kept and used again, how many there are, what is
// repeated and what never is, and how everything ends.
#include <algorithm>
#include <atomic>
#include <future>

#include "tests/unit/http_client/transport_fixture.hpp"

namespace azrestored::test {
namespace {

/// Answers every request with the number of its connection, so that the answer shows which one was used.
void serve_all(Peer& peer) {
  while (!peer.read_request().empty()) peer.answer("200 OK", "", std::to_string(peer.number()));
}

/// A server whose first connection answers once and drops the second request; later connections answer everything. A
/// connection looks like this if the peer closes it just as it is used again.
struct DroppingServer {
  std::atomic<int> dropped = 0;
  LoopbackServer server{[this](Peer& peer) {
    if (peer.number() > 1) return serve_all(peer);
    if (peer.read_request().empty()) return;
    peer.answer("200 OK", "", "1");
    if (!peer.read_request().empty()) ++dropped;
  }};
};

/// Holds every answer until the test releases it.
struct HoldingServer {
  std::promise<void> release;
  std::atomic<int> waiting = 0;
  LoopbackServer server{[this, released = release.get_future().share()](Peer& peer) {
    while (!peer.read_request().empty()) {
      ++waiting;
      released.wait_for(patience);
      peer.answer("200 OK", "", std::to_string(peer.number()));
    }
  }};
};

using TransportPoolTest = TransportTest;

TEST_F(TransportPoolTest, AConnectionIsKeptAndUsedAgain) {
  LoopbackServer server(serve_all, certificate("server"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(response_to(get(server.url("/"))).body, "1");
  EXPECT_EQ(response_to(post(server.url("/"), "{}")).body, "1");
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(TransportPoolTest, AConnectionThatThePeerWillCloseIsNotKept) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("200 OK", "Connection: close\r\n", std::to_string(peer.number()));
    peer.wait_for_close();
  });
  EXPECT_EQ(response_to(get(server.url("/"))).body, "1");
  EXPECT_EQ(response_to(get(server.url("/"))).body, "2");
}

TEST_F(TransportPoolTest, AFreshConnectionIsOpenedOnRequest) {
  LoopbackServer server(serve_all);
  EXPECT_EQ(response_to(get(server.url("/"))).body, "1");
  HttpRequest request = post(server.url("/"), "{}");
  request.fresh_connection = true;
  EXPECT_EQ(response_to(request).body, "2");
}

TEST_F(TransportPoolTest, AGetDroppedByAKeptConnectionIsRepeatedOnce) {
  DroppingServer dropping;
  EXPECT_EQ(response_to(get(dropping.server.url("/"))).body, "1");
  EXPECT_EQ(response_to(get(dropping.server.url("/"))).body, "2");
  EXPECT_EQ(dropping.dropped, 1);
}

TEST_F(TransportPoolTest, ARepeatedGetIsNotRepeatedAgain) {
  LoopbackServer server([](Peer& peer) {
    if (peer.read_request().empty() || peer.number() > 1) return;
    peer.answer("200 OK", "", "1");
    peer.read_request();
  });
  EXPECT_EQ(response_to(get(server.url("/"))).body, "1");
  EXPECT_TRUE(failure_of(get(server.url("/"))).request_may_have_arrived);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(TransportPoolTest, ADroppedPostIsNeverRepeated) {
  DroppingServer dropping;
  EXPECT_EQ(response_to(get(dropping.server.url("/"))).body, "1");
  const TransportFailure failure = failure_of(post(dropping.server.url("/"), "{}"));
  EXPECT_TRUE(failure.request_may_have_arrived);
  EXPECT_EQ(dropping.dropped, 1);
  EXPECT_EQ(dropping.server.connections(), 1);
}

TEST_F(TransportPoolTest, AGetWhoseAnswerHasBegunIsNotRepeated) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("200 OK", "", "1");
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Le");
  });
  EXPECT_EQ(response_to(get(server.url("/"))).body, "1");
  failure_of(get(server.url("/")));
  EXPECT_EQ(server.connections(), 1);
}

/// The peer closed the kept connection long ago. The transport sees that before it uses the connection, so even a POST
/// is safe.
TEST_F(TransportPoolTest, AConnectionClosedMeanwhileIsNotUsed) {
  std::promise<void> closed;
  LoopbackServer server([&](Peer& peer) {
    if (peer.number() > 1) return serve_all(peer);
    peer.read_request();
    peer.answer("200 OK", "", "1");
    peer.close_now();
    closed.set_value();
  });
  EXPECT_EQ(response_to(get(server.url("/"))).body, "1");
  closed.get_future().wait_for(patience);
  EXPECT_EQ(response_to(post(server.url("/"), "{}")).body, "2");
}

TEST_F(TransportPoolTest, AnIdleConnectionIsClosedAfterItsTime) {
  options.idle = Millis(100);
  std::atomic<bool> closed = false;
  LoopbackServer server([&](Peer& peer) {
    serve_all(peer);
    closed = true;
  });
  response_to(get(server.url("/")));
  EXPECT_TRUE(run_until([&] { return closed.load(); }));
}

TEST_F(TransportPoolTest, TheLimitHoldsAndEveryExchangeIsServed) {
  options.connections = 3;
  HoldingServer holding;
  std::vector<std::optional<Answer>> answers(12);
  for (auto& answer : answers) {
    HttpRequest request = get(holding.server.url("/"));
    request.fresh_connection = true;
    start(request, answer);
  }
  ASSERT_TRUE(run_until([&] { return holding.waiting == 3; }));
  holding.release.set_value();
  ASSERT_TRUE(run_until(
      [&] { return std::all_of(answers.begin(), answers.end(), [](auto& answer) { return answer.has_value(); }); }));
  for (const auto& answer : answers) EXPECT_TRUE(std::holds_alternative<HttpResponse>(*answer));
  EXPECT_EQ(holding.server.connections(), 12);
}

TEST_F(TransportPoolTest, RoomForAnotherHostIsMadeByClosingAnIdleConnection) {
  options.connections = 1;
  std::atomic<bool> closed = false;
  LoopbackServer first([&](Peer& peer) {
    serve_all(peer);
    closed = true;
  });
  LoopbackServer second(serve_all);
  response_to(get(first.url("/")));
  response_to(get(second.url("/")));
  EXPECT_TRUE(run_until([&] { return closed.load(); }));
}

TEST_F(TransportPoolTest, TheLongestWaitingExchangeIsServedFirst) {
  options.connections = 1;
  HoldingServer holding;
  std::vector<int> order;
  std::vector<std::optional<Answer>> answers(5);
  for (std::size_t i = 0; i < answers.size(); ++i) start(get(holding.server.url("/")), answers[i]);
  ASSERT_TRUE(run_until([&] { return holding.waiting == 1; }));
  holding.release.set_value();
  ASSERT_TRUE(run_until([&] {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i] && std::find(order.begin(), order.end(), i) == order.end()) order.push_back(static_cast<int>(i));
    }
    return order.size() == answers.size();
  }));
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
  EXPECT_EQ(holding.server.connections(), 1);
}

/// Three exchanges for one slot. The middle one is cancelled while it waits, or just as it gets the slot.
TEST_F(TransportPoolTest, ACancelledWaiterLeavesNoHole) {
  options.connections = 1;
  HoldingServer holding;
  std::optional<Answer> first;
  std::optional<Answer> cancelled;
  std::optional<Answer> last;
  asio::cancellation_signal cancel;
  start(get(holding.server.url("/")), first);
  ASSERT_TRUE(run_until([&] { return holding.waiting == 1; }));
  start_cancellable(get(holding.server.url("/")), cancelled, cancel);
  start(get(holding.server.url("/")), last);
  loop.poll();
  cancel.emit(asio::cancellation_type::terminal);
  ASSERT_TRUE(run_until([&] { return cancelled.has_value(); }));
  const auto& failure = std::get<TransportFailure>(*cancelled);
  EXPECT_EQ(failure.sentence, "the daemon is stopping");
  EXPECT_FALSE(failure.request_may_have_arrived);
  holding.release.set_value();
  ASSERT_TRUE(run_until([&] { return last.has_value(); }));
  EXPECT_TRUE(std::holds_alternative<HttpResponse>(*last));
}

TEST_F(TransportPoolTest, ACancelledExchangeEndsAtOnceAndMayHaveArrived) {
  HoldingServer holding;
  std::optional<Answer> answer;
  asio::cancellation_signal cancel;
  start_cancellable(post(holding.server.url("/"), "{}"), answer, cancel);
  ASSERT_TRUE(run_until([&] { return holding.waiting == 1; }));
  const auto before = std::chrono::steady_clock::now();
  cancel.emit(asio::cancellation_type::terminal);
  ASSERT_TRUE(run_until([&] { return answer.has_value(); }));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
  const auto& failure = std::get<TransportFailure>(*answer);
  EXPECT_EQ(failure.sentence, "the daemon is stopping");
  EXPECT_TRUE(failure.request_may_have_arrived);
  holding.release.set_value();
}

TEST_F(TransportPoolTest, AfterStopTheLoopRunsDry) {
  options.connections = 1;
  HoldingServer holding;
  std::optional<Answer> out;
  std::optional<Answer> waiting;
  std::optional<Answer> late;
  start(get(holding.server.url("/")), out);
  ASSERT_TRUE(run_until([&] { return holding.waiting == 1; }));
  start(get(holding.server.url("/")), waiting);
  loop.poll();
  transport().stop();
  start(get(holding.server.url("/")), late);
  ASSERT_TRUE(run_until([&] { return waiting && late; }));
  EXPECT_FALSE(std::get<TransportFailure>(*waiting).request_may_have_arrived);
  EXPECT_FALSE(std::get<TransportFailure>(*late).request_may_have_arrived);
  holding.release.set_value();
  loop.restart();
  loop.run_for(patience);
  EXPECT_TRUE(loop.stopped());
  ASSERT_TRUE(out);
  EXPECT_TRUE(std::holds_alternative<HttpResponse>(*out));
}

}  // namespace
}  // namespace azrestored::test
