// Paths and queries of control requests stay the same after encoding and decoding.
#include <gtest/gtest.h>

#include "daemon/control/protocol.hpp"

namespace azrestored {
namespace {

TEST(ControlTargetTest, EveryNameSurvivesEncodingAndDecoding) {
  for (const std::string name : {"web01", "a/b?c=d&e%20f", "Grüße\n", "+ +", "..", "%"}) {
    const ControlTarget sent{{"v1", "jobs", name}, {{"state", name}}};
    const auto received = ControlTarget::parse(sent.text());
    ASSERT_TRUE(received) << name;
    EXPECT_EQ(received->path, sent.path) << sent.text();
    EXPECT_EQ(received->query, sent.query) << sent.text();
  }
}

TEST(ControlTargetTest, ATargetIsSplitAndDecoded) {
  const auto target = ControlTarget::parse("/v1/jobs/a%20b?watch=1&limit");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, (std::vector<std::string>{"v1", "jobs", "a b"}));
  EXPECT_EQ(target->query.at("watch"), "1");
  EXPECT_EQ(target->query.at("limit"), "");
}

TEST(ControlTargetTest, ATargetWithoutAPathOrWithABrokenEscapeIsRefused) {
  for (const char* text : {"", "v1/jobs", "*", "http://x/", "/a%", "/a%2", "/a?b=%g0"}) {
    EXPECT_FALSE(ControlTarget::parse(text)) << text;
  }
}

}  // namespace
}  // namespace azrestored
