// Splitting URLs without changing a byte that is sent, and removing what must not be shown.
#include "core/http/url.hpp"

#include <gtest/gtest.h>

#include "core/http/percent_encoding.hpp"
#include "core/http/redact.hpp"

namespace azrestored::test {
namespace {

TEST(UrlTest, PartsAreFoundAndTheTargetStaysAsItIs) {
  const auto url = split_url("HTTPS://Management.Azure.com/subscriptions//x/VM;a;b?t=1&s=%2F;#fragment");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "management.azure.com");
  EXPECT_EQ(url->port, "443");
  EXPECT_EQ(url->authority, "Management.Azure.com");
  EXPECT_EQ(url->target, "/subscriptions//x/VM;a;b?t=1&s=%2F;");
  EXPECT_EQ(url->origin(), "https://management.azure.com:443");
}

TEST(UrlTest, PortsAndAddressesAreUnderstood) {
  const auto plain = split_url("http://169.254.169.254");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->origin(), "http://169.254.169.254:80");
  EXPECT_EQ(plain->target, "/");
  const auto v6 = split_url("https://[::1]:8443?x=1");
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->host, "::1");
  EXPECT_EQ(v6->place(), "[::1]:8443");
  EXPECT_EQ(v6->authority, "[::1]:8443");
  EXPECT_EQ(v6->target, "/?x=1");
}

TEST(UrlTest, WhatIsNoUrlIsRefused) {
  for (const char* text : {"",
                           "https://",
                           "https:///path",
                           "https://:443/",
                           "//host/",
                           "/path",
                           "host/path",
                           "ftp://host/",
                           "https://host:/",
                           "https://host:0/",
                           "https://host:65536/",
                           "https://host:12x/",
                           "https://user@host/",
                           "https://user:password@host/",
                           "https://a\\b/",
                           "https://[::1/",
                           "https://[]/",
                           "https://[::1]x/",
                           "https://[fe80::1%25eth0]/",
                           "https://host/a b",
                           "https://host/a\r\nX: y",
                           "https://host/\xC3\xA4"}) {
    EXPECT_FALSE(split_url(text)) << text;
  }
}

TEST(PercentEncoding, SegmentsAreDecodedOnceAndOnlyIfTheyStayNames) {
  EXPECT_EQ(decode_segments("/a/%E7%94%9F%E4%BA%A7_group;web01/b"), "/a/\xE7\x94\x9F\xE4\xBA\xA7_group;web01/b");
  EXPECT_EQ(decode_segments("VM%3Biaasvmcontainerv2%3Brg"), "VM;iaasvmcontainerv2;rg");
  EXPECT_EQ(decode_segments("already \xE7\x94\x9F/decoded"), "already \xE7\x94\x9F/decoded");
  for (const char* text : {"", "/", "//", "a%2Fb", "a%25C3", "%C3", "%ff", "%2E%2e/x", "%", "%4", "a%0Ab", "x%3Fy"}) {
    EXPECT_EQ(decode_segments(text), text);
  }
}

TEST(RedactTest, SignaturesAreCutAndTheRestIsKept) {
  EXPECT_EQ(redact_url("https://h/a;b?api-version=1&t=63&c=MII&s=x;y&h=z"),
            "https://h/a;b?api-version=1&t=(cut)&c=(cut)&s=(cut)&h=(cut)");
  EXPECT_EQ(redact_url("https://blob/x.json?sv=2024&SIG=abc%3D&st=now"),
            "https://blob/x.json?sv=2024&SIG=(cut)&st=now");
}

TEST(RedactTest, UrlsWithoutSignaturesStayAsTheyAre) {
  for (const char* url : {"", "https://h/t=1&s=2", "https://h/?", "https://h/?a=1&", "https://h/?s&&x=1", "?&"}) {
    EXPECT_EQ(redact_url(url), url);
  }
}

}  // namespace
}  // namespace azrestored::test
