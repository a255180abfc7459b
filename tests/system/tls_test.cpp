// Goal: only the configured Azure ever gets a request or a token. Method: a server with an invalid certificate, or with
// a redirect; the simulator counts what it received.
#include <gtest/gtest.h>

#include "tests/support/middleman.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

/// A certificate of make_ca.sh, and the daemon's message about it.
using Bad = std::pair<const char*, const char*>;

class BadCertificate : public testing::TestWithParam<Bad> {};

TEST_P(BadCertificate, GetsNoRequestAndTheJobWaits) {
  Stage::Options options;
  options.certificate = GetParam().first;
  Stage stage(options);
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  Json job;
  ASSERT_TRUE(wait_until([&] {
    job = stage.show("drill");
    return job.value("failures", 0) >= 2;
  }));

  EXPECT_EQ(job.at("state"), "resolving");
  const std::string message = job.at("error").at("message");
  EXPECT_NE(message.find(std::string("TLS: certificate of 127.0.0.1 ") + GetParam().second), std::string::npos)
      << message;
  const Json report = stage.sim.report();
  EXPECT_GE(report.at("handshakeFailures"), 1);
  EXPECT_EQ(report.at("requests"), 0);
  EXPECT_EQ(stage.daemon.log().find(access_token), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Tls, BadCertificate,
    testing::Values(Bad("wrong-name", "is not valid for that name"),
                    Bad("expired", "(or one it depends on) has expired"),
                    Bad("future", "(or one it depends on) is not valid yet; check this machine's clock"),
                    Bad("self-signed", "comes from an unknown authority (self-signed certificate); arm.caFile names"),
                    Bad("stranger", "comes from an unknown authority (unable to get local issuer certificate)")),
    [](const auto& each) {
      std::string name = each.param.first;
      std::erase(name, '-');
      return name;
    });

/// Nothing is sent until the server has the correct certificate; then everything continues by itself.
TEST(FixedCertificate, LetsTheJobGoOnAndNothingWasSentBefore) {
  Stage stage;
  Middleman middleman(
      stage.sim.http_port(), certificate_in(stage.certificates(), "future"),
      [](const std::string&, const std::function<Answer()>& azure, Peer& peer) { peer.write(azure().text()); });
  stage.configure(middleman.url());
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_TRUE(wait_until([&] { return stage.job("drill").value("failures", 0) >= 2; }));
  EXPECT_EQ(middleman.requests(), 0);
  EXPECT_GE(middleman.failed_handshakes(), 2);
  EXPECT_FALSE(stage.show("drill").at("atRest"));

  middleman.use(certificate_in(stage.certificates(), "server"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

TEST(FixedCertificate, OfTheAuthorityLetsTheSignInGoOnAndNoSecretWasSentBefore) {
  Stage::Options options;
  options.sign_in = Stage::SignIn::by_secret;
  Stage stage(options);
  const auto certificate = [&](const char* name) { return certificate_in(stage.certificates(), name); };
  Middleman middleman(
      stage.sim.http_port(), certificate("stranger"),
      [](const std::string&, const std::function<Answer()>& azure, Peer& peer) { peer.write(azure().text()); });
  stage.configure(stage.sim.https_url(), {{"auth",
                                           {{"method", "clientSecret"},
                                            {"authority", middleman.url()},
                                            {"tenantId", tenant_id},
                                            {"clientId", client_id},
                                            {"clientSecretFile", stage.path("secret")},
                                            {"accessTokenFile", nullptr}}}});
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  Json problem;
  const auto is_reported = [&] {
    problem = Json::parse(stage.ctl({"status", "--json"}).out).at("signIn").at("problem");
    return problem.is_string();
  };
  ASSERT_TRUE(wait_until(is_reported));
  EXPECT_NE(problem.get<std::string>().find("certificate of localhost comes from an unknown authority"),
            std::string::npos)
      << problem;
  EXPECT_EQ(middleman.requests(), 0);

  middleman.use(certificate("server"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
}

TEST(Redirect, IsNotFollowed) {
  Stage stage;
  stage.sim.add_fault("GET .*recoveryPoints\\?@1=redirect:" + stage.sim.http_url() + "/elsewhere");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_TRUE(stage.sim.requests("/elsewhere").empty());
}

TEST(HugeAnswer, IsNotReadToItsEnd) {
  Stage stage;
  stage.sim.add_fault("GET .*recoveryPoints\\?@1=huge:200000000");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
}

}  // namespace
}  // namespace azrestored::test
