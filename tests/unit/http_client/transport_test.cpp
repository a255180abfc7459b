// One exchange of the HTTPS transport: what it sends, what it reads, and every way to fail. Most tests run without TLS,
// which has its own tests and does not change the rest.
#include <algorithm>
#include <future>

#include "tests/unit/http_client/transport_fixture.hpp"

namespace azrestored::test {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A server that reads one request, then runs `deed`.
LoopbackServer::Script after_a_request(std::function<void(Peer&)> deed) {
  return [deed = std::move(deed)](Peer& peer) {
    if (!peer.read_request().empty()) deed(peer);
  };
}

TEST_F(TransportTest, TheUrlIsSentVerbatim) {
  std::promise<std::string> received;
  LoopbackServer server([&](Peer& peer) {
    received.set_value(peer.read_request());
    peer.answer("200 OK", "", "");
  });
  const std::string target =
      "/subscriptions//subscriptions/a/VM;iaasvmcontainerv2;rg;vm/%2f%3B?$filter=x%20eq%20'y'&s=" +
      std::string(8192, 'S') + "&h=~-_;";
  response_to(get(server.url(target)));
  const std::string request = received.get_future().get();
  EXPECT_EQ(request.substr(0, request.find("\r\n")), "GET " + target + " HTTP/1.1");
}

TEST_F(TransportTest, HeadersAndBodyAreSentAndRead) {
  std::promise<std::string> received;
  LoopbackServer server([&](Peer& peer) {
    received.set_value(peer.read_request());
    peer.answer("202 Accepted", "Retry-After: 7\r\nX-Id: one\r\nX-Id: two\r\n", "{}");
  });
  HttpRequest request = post(server.url("/x"), "{\"a\":1}");
  request.headers.emplace_back("x-ms-client-request-id", "abc");
  const HttpResponse response = response_to(request);
  const std::string sent = received.get_future().get();
  EXPECT_TRUE(contains(sent, "POST /x HTTP/1.1\r\n"));
  EXPECT_TRUE(contains(sent, "Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"));
  EXPECT_TRUE(contains(sent, "x-ms-client-request-id: abc\r\n"));
  EXPECT_TRUE(sent.ends_with("\r\n\r\n{\"a\":1}"));
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.header("retry-after"), "7");
  EXPECT_EQ(std::count_if(response.headers.begin(), response.headers.end(), [](auto& h) { return h.first == "X-Id"; }),
            2);
  EXPECT_EQ(response.body, "{}");
}

TEST_F(TransportTest, AnEmptyPostSaysThatItIsEmpty) {
  std::promise<std::string> received;
  LoopbackServer server([&](Peer& peer) {
    received.set_value(peer.read_request());
    peer.answer("202 Accepted", "", "");
  });
  response_to(post(server.url("/cancel"), ""));
  EXPECT_TRUE(contains(received.get_future().get(), "Content-Length: 0\r\n"));
}

TEST_F(TransportTest, ChunkedAnswersAreJoined) {
  LoopbackServer server(after_a_request([](Peer& peer) {
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab");
    peer.write("cd\r\n3\r\nefg\r\n0\r\n\r\n");
  }));
  EXPECT_EQ(response_to(get(server.url("/"))).body, "abcdefg");
}

TEST_F(TransportTest, AnAnswerMayEndWithTheConnection) {
  LoopbackServer server(after_a_request([](Peer& peer) { peer.write("HTTP/1.1 200 OK\r\n\r\nall of it"); }));
  EXPECT_EQ(response_to(get(server.url("/"))).body, "all of it");
}

/// Without the TLS close notification the client cannot know whether such an answer is complete.
TEST_F(TransportTest, OverTlsAnAnswerMayNotEndWithATornConnection) {
  LoopbackServer server(after_a_request([](Peer& peer) { peer.write("HTTP/1.1 200 OK\r\n\r\nall of it?"); }),
                        certificate("server"));
  EXPECT_TRUE(contains(failure_of(get(server.url("/"))).sentence, "cut off after 10 bytes"));
}

TEST_F(TransportTest, InterimAnswersAreSkipped) {
  LoopbackServer server(after_a_request([](Peer& peer) {
    peer.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
    peer.answer("200 OK", "", "final");
  }));
  EXPECT_EQ(response_to(get(server.url("/"))).body, "final");
}

TEST_F(TransportTest, RedirectsAreHandedUpAndNotFollowed) {
  LoopbackServer server([](Peer& peer) {
    while (!peer.read_request().empty()) peer.answer("307 Temporary Redirect", "Location: /elsewhere\r\n", "");
  });
  const HttpResponse response = response_to(get(server.url("/")));
  EXPECT_EQ(response.status, 307);
  EXPECT_EQ(response.header("Location"), "/elsewhere");
}

TEST_F(TransportTest, TwoLongSignedUrlsFitIntoAHead) {
  const std::string url(8192, 'u');
  LoopbackServer server(after_a_request([&](Peer& peer) {
    peer.answer("202 Accepted", "Location: " + url + "\r\nAzure-AsyncOperation: " + url + "\r\n", "");
  }));
  EXPECT_EQ(response_to(get(server.url("/"))).header("Azure-AsyncOperation"), url);
}

TEST_F(TransportTest, AHeadOver64KiBIsRefused) {
  LoopbackServer server(
      after_a_request([](Peer& peer) { peer.answer("200 OK", "X-Long: " + std::string(70'000, 'x') + "\r\n", ""); }));
  const TransportFailure failure = failure_of(get(server.url("/")));
  EXPECT_TRUE(contains(failure.sentence, "is larger than 64 KiB")) << failure.sentence;
  EXPECT_TRUE(failure.request_may_have_arrived);
}

TEST_F(TransportTest, ABodyOf8MiBIsTakenAndOneByteMoreRefused) {
  const std::size_t most = std::size_t{8} << 20U;
  LoopbackServer server([&](Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();) {
      peer.answer("200 OK", "", std::string(contains(request, "/most") ? most : most + 1, 'b'));
    }
  });
  EXPECT_EQ(response_to(get(server.url("/most"))).body.size(), most);
  const TransportFailure failure = failure_of(get(server.url("/more")));
  EXPECT_TRUE(contains(failure.sentence, "is larger than 8 MiB")) << failure.sentence;
}

TEST_F(TransportTest, AChunkedBodyIsLimitedToo) {
  options.body_limit = 1024;
  LoopbackServer server(after_a_request([](Peer& peer) {
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 100; ++i) peer.write("40\r\n" + std::string(64, 'c') + "\r\n");
  }));
  EXPECT_TRUE(contains(failure_of(get(server.url("/"))).sentence, "is larger than 1 KiB"));
}

TEST_F(TransportTest, ARefusedConnectionHasSentNothing) {
  std::uint16_t port = 0;
  {
    const LoopbackServer gone([](Peer&) {});
    port = gone.port();
  }
  const std::string place = "127.0.0.1:" + std::to_string(port);
  const TransportFailure failure = failure_of(post("https://" + place + "/", "{}"));
  EXPECT_EQ(failure.sentence, "cannot connect to " + place + ": connection refused");
  EXPECT_FALSE(failure.request_may_have_arrived);
}

TEST_F(TransportTest, AHostThatDoesNotExistIsNamed) {
  const TransportFailure failure = failure_of(get("https://no-such-host.invalid/"));
  EXPECT_TRUE(contains(failure.sentence, "cannot find the address of no-such-host.invalid: ")) << failure.sentence;
  EXPECT_FALSE(failure.request_may_have_arrived);
}

TEST_F(TransportTest, AConnectionClosedBeforeTheAnswerMayHaveDeliveredTheRequest) {
  LoopbackServer server(after_a_request([](Peer&) {}));
  const TransportFailure failure = failure_of(post(server.url("/"), "{}"));
  EXPECT_TRUE(contains(failure.sentence, "closed the connection before it sent a response")) << failure.sentence;
  EXPECT_TRUE(failure.request_may_have_arrived);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(TransportTest, ATornBodySaysHowFarItCame) {
  LoopbackServer server(after_a_request(
      [](Peer& peer) { peer.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + std::string(123, 'x')); }));
  const TransportFailure failure = failure_of(get(server.url("/")));
  EXPECT_TRUE(contains(failure.sentence, "cut off after 123 of 500 bytes")) << failure.sentence;
  EXPECT_TRUE(failure.request_may_have_arrived);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(TransportTest, ATornHeadIsAFailure) {
  LoopbackServer server(after_a_request([](Peer& peer) { peer.write("HTTP/1.1 202 Accep"); }));
  EXPECT_TRUE(contains(failure_of(get(server.url("/"))).sentence, "cut off in its header"));
}

TEST_F(TransportTest, GarbageIsNotHttp) {
  LoopbackServer server(after_a_request([](Peer& peer) { peer.write("\x01\x02 garbage garbage\r\n\r\n"); }));
  EXPECT_TRUE(contains(failure_of(get(server.url("/"))).sentence, "is not HTTP"));
}

TEST_F(TransportTest, AMissingAnswerTimesOut) {
  options.read = Millis(200);
  LoopbackServer server(after_a_request([](Peer& peer) { peer.wait_for_close(); }));
  const TransportFailure failure = failure_of(post(server.url("/"), "{}"));
  EXPECT_EQ(failure.sentence, "no response from 127.0.0.1:" + std::to_string(server.port()) + " within 0.2 s");
  EXPECT_TRUE(failure.request_may_have_arrived);
}

/// Each byte comes in time, but the whole does not: the deadline applies to the whole.
TEST_F(TransportTest, AnAnswerThatTricklesTimesOut) {
  options.read = Millis(300);
  std::promise<void> closed;
  LoopbackServer server(after_a_request([&, over = closed.get_future().share()](Peer& peer) {
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (over.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout) peer.write("x");
  }));
  const TransportFailure failure = failure_of(get(server.url("/")));
  closed.set_value();
  EXPECT_TRUE(contains(failure.sentence, "and did not end within 0.3 s")) << failure.sentence;
}

TEST_F(TransportTest, WhatIsNoUrlIsNotSentAndItsSignatureNotShown) {
  for (const char* url : {"", "/relative?s=secret", "ftp://host/?s=secret", "https://user@host/?s=secret",
                          "https://host:99999/?s=secret", "https://ho st/?s=secret", "https:///?s=secret"}) {
    const TransportFailure failure = failure_of(get(url));
    EXPECT_FALSE(failure.request_may_have_arrived) << url;
    EXPECT_TRUE(contains(failure.sentence, "is not an absolute http or https URL")) << failure.sentence;
    EXPECT_FALSE(contains(failure.sentence, "secret")) << failure.sentence;
  }
}

TEST_F(TransportTest, AHeaderCannotBeginAnother) {
  HttpRequest request = get("http://127.0.0.1:9/");
  request.headers.emplace_back("Authorization", "Bearer secret\r\nX-Evil: 1");
  const TransportFailure failure = failure_of(request);
  EXPECT_FALSE(failure.request_may_have_arrived);
  EXPECT_EQ(failure.sentence, "a header of the request to 127.0.0.1:9 contains a control character");
}

}  // namespace
}  // namespace azrestored::test
