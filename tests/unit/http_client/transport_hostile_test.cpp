// Goal: a malicious or broken server costs one bounded exchange: bounded memory, bounded time, and never an answer that
// belongs to another request. Method: a server of the test shows each kind of harm; it writes endless data until the
// transport closes the connection.
#include <thread>

#include "tests/unit/http_client/transport_fixture.hpp"

namespace azrestored::test {
namespace {

class HostileServerTest : public TransportTest {
 protected:
  /// The failure of a GET that gets `beginning` and then `again` without end.
  TransportFailure failure_after(const std::string& beginning, const std::string& again) {
    LoopbackServer server([&](Peer& peer) {
      peer.read_request();
      peer.write(beginning);
      while (peer.write(again)) {
      }
    });
    return failure_of(get(server.url("/")));
  }
};

bool contains(const TransportFailure& failure, const std::string& part) {
  return failure.sentence.find(part) != std::string::npos;
}

TEST_F(HostileServerTest, HeadersWithoutEndAreGivenUp) {
  const auto failure = failure_after("HTTP/1.1 200 OK\r\n", "X-More: and more and more and more\r\n");
  EXPECT_TRUE(contains(failure, "the header of the response from 127.0.0.1")) << failure.sentence;
  EXPECT_TRUE(contains(failure, "is larger than 64 KiB")) << failure.sentence;
}

TEST_F(HostileServerTest, AHeaderLineWithoutEndIsGivenUp) {
  const auto failure = failure_after("HTTP/1.1 200 OK\r\nX-More: ", "and more and more and more");
  EXPECT_TRUE(contains(failure, "is larger than 64 KiB")) << failure.sentence;
}

TEST_F(HostileServerTest, AStatusLineWithoutEndIsGivenUp) {
  const auto failure = failure_after("HTTP/1.1 200 ", "OK and more and more and more");
  EXPECT_TRUE(contains(failure, "is larger than 64 KiB")) << failure.sentence;
}

/// With or without a length, chunked, or until the connection ends.
TEST_F(HostileServerTest, ABodyWithoutEndIsGivenUpAtItsLimit) {
  options.body_limit = std::size_t{1} << 20U;
  const std::string block(64U << 10U, 'x');
  for (const char* head : {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"}) {
    const auto failure = failure_after(head, block);
    EXPECT_TRUE(contains(failure, "is larger than 1 MiB")) << failure.sentence;
  }
  const auto failure =
      failure_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "10000\r\n" + block + "\r\n");
  EXPECT_TRUE(contains(failure, "is larger than 1 MiB")) << failure.sentence;
}

/// What a chunk may carry besides its data is bounded too: it is neither body nor head, and their limits do not count
/// it.
TEST_F(HostileServerTest, AChunkExtensionOrATrailerWithoutEndIsGivenUp) {
  for (const char* chunk : {"1;", "1;name=\"", "0\r\nX-Trailer: "}) {
    const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const auto failure = failure_after(head + chunk, std::string(4096, 'x'));
    EXPECT_TRUE(contains(failure, "a line of the response from 127.0.0.1")) << failure.sentence;
  }
}

/// Each interim answer is small; the limit applies to their sum.
TEST_F(HostileServerTest, InterimAnswersWithoutEndAreGivenUp) {
  for (const char* interim : {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n",
                              "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"}) {
    std::string many;
    for (int i = 0; i < 100; ++i) many += interim;
    const auto failure = failure_after("", many);
    EXPECT_TRUE(contains(failure, "is larger than 64 KiB")) << failure.sentence;
  }
}

TEST_F(HostileServerTest, ATrickleOfHeadersTimesOut) {
  options.read = Millis(300);
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nX-Slow: ");
    while (peer.write("x")) std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the server's pace
  });
  const auto failure = failure_of(get(server.url("/")));
  EXPECT_TRUE(contains(failure, "within 0.3 s")) << failure.sentence;
}

/// Every byte is its own TLS record, so no two parts of the answer arrive together.
TEST_F(HostileServerTest, AnAnswerMayBeSplitAnywhere) {
  const std::string text =
      "HTTP/1.1 100 Continue\r\n\r\n"
      "HTTP/1.1 202 Accepted\r\nAzure-AsyncOperation: https://localhost/op?x=1\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;a=b\r\n{\"a\r\n04\r\n\":1}\r\n0\r\nX-Trailer: t\r\n\r\n";
  LoopbackServer server(
      [&](Peer& peer) {
        while (!peer.read_request().empty()) {
          for (const char& byte : text) peer.write(std::string_view(&byte, 1));
        }
      },
      certificate("server"));
  for (int i = 0; i < 2; ++i) {  // the second on the kept connection
    const HttpResponse response = response_to(post(server.url("/"), "{}"));
    EXPECT_EQ(response.status, 202);
    EXPECT_EQ(response.body, R"({"a":1})");
    EXPECT_EQ(response.header("Azure-AsyncOperation"), "https://localhost/op?x=1");
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(HostileServerTest, AnAnswerOfHttp10IsTakenAndItsConnectionNotKept) {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n" + std::to_string(10 + peer.number()));
    peer.wait_for_close();
  });
  EXPECT_EQ(response_to(get(server.url("/"))).body, "11");
  EXPECT_EQ(response_to(get(server.url("/"))).body, "12");
}

TEST_F(HostileServerTest, AnswersWhoseLengthIsAMatterOfOpinionAreRefused) {
  for (const char* head :
       {"Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: -1\r\n", "Content-Length: 0x2\r\n",
        "Content-Length: 18446744073709551616\r\n", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"}) {
    LoopbackServer server([&](Peer& peer) {
      peer.read_request();
      peer.write("HTTP/1.1 200 OK\r\n" + std::string(head) + "\r\n{}");
    });
    EXPECT_TRUE(contains(failure_of(get(server.url("/"))), "is not HTTP")) << head;
  }
}

/// An answer without a request must not become the answer to the next request: it would be about another restore.
class UnaskedAnswer : public HostileServerTest, public testing::WithParamInterface<bool> {};

TEST_P(UnaskedAnswer, IsNotTakenForTheNextOne) {
  const auto script = [](Peer& peer) {
    while (!peer.read_request().empty()) {
      const std::string own = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown";
      const std::string other = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother";
      peer.write(own + other);
      peer.write(other);
    }
  };
  LoopbackServer server(script, GetParam() ? std::optional(certificate("server")) : std::nullopt);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(response_to(get(server.url("/"))).body, "own") << i;
}

/// As above, but each answer is a TLS record: the second one waits in the TLS engine, where neither the socket nor the
/// HTTP buffer shows it.
TEST_F(HostileServerTest, AnUnaskedAnswerInARecordOfItsOwnIsNotTakenForTheNextOne) {
  LoopbackServer server(
      [](Peer& peer) {
        while (!peer.read_request().empty()) {
          peer.write_together(
              {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother"});
        }
      },
      certificate("server"));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(response_to(get(server.url("/"))).body, "own") << i;
}

INSTANTIATE_TEST_SUITE_P(Hostile, UnaskedAnswer, testing::Bool(),
                         [](const auto& each) { return std::string(each.param ? "OverTls" : "WithoutTls"); });

}  // namespace
}  // namespace azrestored::test
