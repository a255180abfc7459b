// doctor's check of a host: the phase in which a connection failed decides the remedy, whatever the sentence says.
#include <gtest/gtest.h>

#include "daemon/cli/doctor/hosts.hpp"
#include "daemon/cli/doctor/under_way.hpp"
#include "tests/support/loopback_server.hpp"

namespace azrestored::cli {
namespace {

using Failure = HostProbe::Failure;

HostProbe host_at(const std::string& url) {
  HostProbe host;
  host.setting = "arm.endpoint";
  host.url = *split_url(url);
  host.addresses = 1;
  return host;
}

/// The remedy of a failure of this kind, whose sentence names another one.
std::string remedy_of(Failure kind) {
  HostProbe host = host_at("https://management.azure.com");
  host.failure = {kind, "TLS: cannot find the address of anything"};
  const Finding found = findings_of(host, "").back();
  EXPECT_EQ(found.verdict, CheckStatus::problem);
  EXPECT_EQ(found.code, ExitCode::unreachable);
  EXPECT_EQ(found.sentence, "TLS: cannot find the address of anything (arm.endpoint)");
  return found.remedies.front().text;
}

TEST(DoctorHosts, TheRemedyFollowsFromTheKindOfTheFailure) {
  EXPECT_EQ(remedy_of(Failure::name), "resolvectl query management.azure.com");
  EXPECT_EQ(remedy_of(Failure::tcp), "Firewalls and routes must allow this machine to reach management.azure.com:443.");
  EXPECT_EQ(remedy_of(Failure::tls),
            "openssl s_client -connect management.azure.com:443 -servername management.azure.com </dev/null");
}

TEST(DoctorHosts, AnAddressIsReportedOnlyOfANameThatHasOne) {
  HostProbe host = host_at("https://management.azure.com");
  EXPECT_EQ(findings_of(host, "").size(), 2U);
  host.failure = {Failure::name, "cannot find the address"};
  EXPECT_EQ(findings_of(host, "").size(), 1U);
  host.failure = {Failure::tcp, "cannot connect"};
  EXPECT_EQ(findings_of(host, "").front().sentence, "management.azure.com has 1 address");
  host.is_address = true;
  EXPECT_EQ(findings_of(host, "").size(), 1U);
}

class HostProbeTest : public testing::Test {
 protected:
  HostProbe probed(const std::string& url) {
    return UnderWay<HostProbe>(loop_, probe_host(loop_.get_executor(), host_at(url), options_, tls_)).get();
  }

  asio::io_context loop_{1};
  const TransportOptions options_;
  TlsContext tls_{""};
};

TEST_F(HostProbeTest, ANameWithoutAnAddressIsOneKindOfFailure) {
  const HostProbe host = probed("https://no-such-host.invalid");
  ASSERT_TRUE(host.failure);
  EXPECT_EQ(host.failure->phase, Failure::name);
  EXPECT_FALSE(host.is_reached());
}

TEST_F(HostProbeTest, APortWithoutAListenerIsAnother) {
  std::uint16_t port = 0;
  {
    const test::LoopbackServer gone([](test::Peer&) {});
    port = gone.port();
  }
  const HostProbe host = probed("https://127.0.0.1:" + std::to_string(port));
  ASSERT_TRUE(host.failure);
  EXPECT_EQ(host.failure->phase, Failure::tcp) << host.failure->sentence;
}

TEST_F(HostProbeTest, AServerThatSpeaksNoTlsIsTheThird) {
  const test::LoopbackServer plain([](test::Peer& peer) {
    peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    peer.wait_for_close();
  });
  const HostProbe host = probed("https://127.0.0.1:" + std::to_string(plain.port()));
  ASSERT_TRUE(host.failure);
  EXPECT_EQ(host.failure->phase, Failure::tls) << host.failure->sentence;
}

TEST_F(HostProbeTest, AHostThatClosesInsteadOfAnAnswerWasNotReachedByTcp) {
  const test::LoopbackServer silent([](test::Peer& peer) { peer.read_request(); });
  const HostProbe host = probed("http://127.0.0.1:" + std::to_string(silent.port()));
  ASSERT_TRUE(host.failure);
  EXPECT_EQ(host.failure->phase, Failure::tcp) << host.failure->sentence;
}

TEST_F(HostProbeTest, AnyAnswerWillDo) {
  const test::LoopbackServer server([](test::Peer& peer) {
    peer.read_request();
    peer.answer("404 Not Found", "", "no");
  });
  const HostProbe host = probed("http://127.0.0.1:" + std::to_string(server.port()));
  EXPECT_TRUE(host.is_reached()) << host.failure->sentence;
}

}  // namespace
}  // namespace azrestored::cli
