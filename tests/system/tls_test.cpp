// Goal: nobody but the configured Azure ever gets a request, let alone a token. Method: a server with a certificate
// that is not good enough, or that sends the client elsewhere; the simulator counts what it received.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

class BadCertificate : public testing::TestWithParam<const char*> {};

TEST_P(BadCertificate, GetsNoRequestAndTheJobWaits) {
  Stage::Options options;
  options.certificate = GetParam();
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
  EXPECT_NE(message.find("certificate"), std::string::npos) << message;
  const Json report = stage.sim.report();
  EXPECT_GE(report.at("handshakeFailures"), 1);
  EXPECT_EQ(report.at("requests"), 0);
  EXPECT_EQ(stage.daemon.log().find(access_token), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Tls, BadCertificate, testing::Values("wrong-name", "expired", "stranger"),
                         [](const auto& each) {
                           std::string name = each.param;
                           return name == "wrong-name" ? "OfAnotherHost"
                                  : name == "expired"  ? "Expired"
                                                       : "OfAStranger";
                         });

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
