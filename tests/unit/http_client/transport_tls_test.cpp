// Which peers the transport talks to: only a peer whose certificate a trusted authority issued for the name in the URL.
// A request to any other peer is never sent, and the failure says so.
#include <atomic>

#include "tests/unit/http_client/transport_fixture.hpp"

namespace azrestored::test {
namespace {

/// Answers every request with the number of the connection.
void serve_all(Peer& peer) {
  while (!peer.read_request().empty()) peer.answer("200 OK", "", std::to_string(peer.number()));
}

class TransportTlsTest : public TransportTest {
 protected:
  /// The failure of a GET from a server that must not receive a request.
  TransportFailure refusal_of(LoopbackServer::Tls tls, const std::string& host = "127.0.0.1") {
    std::atomic<int> requests = 0;
    LoopbackServer server([&](Peer& peer) { requests += peer.read_request().empty() ? 0 : 1; }, std::move(tls));
    const TransportFailure failure = failure_of(get(server.url("/", host)));
    EXPECT_EQ(requests, 0);
    EXPECT_FALSE(failure.request_may_have_arrived);
    return failure;
  }
};

TEST_F(TransportTlsTest, AnAddressInTheCertificateIsAccepted) {
  LoopbackServer server(serve_all, certificate("server"));
  const HttpResponse response = response_to(get(server.url("/")));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "1");
}

TEST_F(TransportTlsTest, ADnsNameIsAnnouncedAndAnAddressIsNot) {
  LoopbackServer server(
      [](Peer& peer) {
        peer.read_request();
        peer.answer("200 OK", "", "name=" + peer.server_name());
      },
      certificate("server"));
  EXPECT_EQ(response_to(get(server.url("/", "localhost"))).body, "name=localhost");
  EXPECT_EQ(response_to(get(server.url("/", "127.0.0.1"))).body, "name=");
}

TEST_F(TransportTlsTest, ACertificateForAnotherNameIsRefused) {
  EXPECT_EQ(refusal_of(certificate("wrong-name")).sentence, "TLS: certificate of 127.0.0.1 is not valid for that name");
  EXPECT_EQ(refusal_of(certificate("wrong-name"), "localhost").sentence,
            "TLS: certificate of localhost is not valid for that name");
}

TEST_F(TransportTlsTest, ACertificateOfAnUnknownAuthorityIsRefused) {
  const std::string sentence = refusal_of(certificate("stranger")).sentence;
  EXPECT_NE(sentence.find("TLS: certificate of 127.0.0.1 comes from an unknown authority"), std::string::npos)
      << sentence;
  EXPECT_NE(sentence.find("arm.caFile"), std::string::npos) << sentence;
}

TEST_F(TransportTlsTest, TheSystemsAuthoritiesDoNotKnowOurs) {
  options.ca_file = "";
  const std::string sentence = refusal_of(certificate("server")).sentence;
  EXPECT_NE(sentence.find("unknown authority"), std::string::npos) << sentence;
}

TEST_F(TransportTlsTest, AnExpiredCertificateIsRefused) {
  const std::string sentence = refusal_of(certificate("expired")).sentence;
  EXPECT_NE(sentence.find("has expired"), std::string::npos) << sentence;
}

TEST_F(TransportTlsTest, Tls11IsRefused) {
  LoopbackServer::Tls old = certificate("server");
  old.newest_version = TLS1_1_VERSION;
  const std::string sentence = refusal_of(old).sentence;
  EXPECT_NE(sentence.find("does not speak TLS 1.2 or newer"), std::string::npos) << sentence;
}

TEST_F(TransportTlsTest, Tls12IsEnough) {
  LoopbackServer::Tls tls = certificate("server");
  tls.newest_version = TLS1_2_VERSION;
  LoopbackServer server(serve_all, tls);
  EXPECT_EQ(response_to(get(server.url("/"))).status, 200);
}

TEST_F(TransportTlsTest, AServerWithoutTlsIsDistinguishedFromOneWithBadTls) {
  LoopbackServer server([](Peer& peer) { peer.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  const TransportFailure failure = failure_of(get("https://127.0.0.1:" + std::to_string(server.port()) + "/"));
  EXPECT_FALSE(failure.request_may_have_arrived);
  EXPECT_NE(failure.sentence.find("does not speak TLS"), std::string::npos) << failure.sentence;
}

TEST_F(TransportTlsTest, AHandshakeThatIsNotAnsweredTimesOut) {
  options.handshake = Millis(200);
  LoopbackServer server([](Peer& peer) { peer.wait_for_close(); });
  const TransportFailure failure = failure_of(get("https://127.0.0.1:" + std::to_string(server.port()) + "/"));
  EXPECT_FALSE(failure.request_may_have_arrived);
  EXPECT_NE(failure.sentence.find("did not complete the handshake within 0.2 s"), std::string::npos)
      << failure.sentence;
}

/// Two connections in sequence: the server closes the first.
TEST_F(TransportTlsTest, ASecondConnectionResumesTheSession) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    LoopbackServer::Tls tls = certificate("server");
    tls.newest_version = version;
    LoopbackServer server(
        [](Peer& peer) {
          peer.read_request();
          peer.answer("200 OK", "Connection: close\r\n", peer.resumed() ? "resumed" : "new");
        },
        tls);
    EXPECT_EQ(response_to(get(server.url("/"))).body, "new") << version;
    EXPECT_EQ(response_to(get(server.url("/"))).body, "resumed") << version;
    EXPECT_EQ(server.connections(), 2);
  }
}

TEST_F(TransportTlsTest, AFileWithoutAuthoritiesStopsTheDaemonWithASentence) {
  options.ca_file = "/nonexistent/ca.pem";
  try {
    transport();
    FAIL() << "it was accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("arm.caFile: cannot read certificate authorities (PEM) from /nonexistent"),
              std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace azrestored::test
