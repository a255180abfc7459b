// The bearer token goes only to the configured ARM host and its sub-domains. The tests try every trick that makes
// another host look like one of them (azure-backup-api.md 4.3), and the removal of doubled prefixes.
#include "core/http/trusted_url.hpp"

#include <gtest/gtest.h>

namespace azrestored {
namespace {

constexpr std::string_view arm = "https://management.azure.com";

TEST(TrustedUrl, TheHostItselfAndItsSubDomainsAreTrusted) {
  for (const char* url : {"https://management.azure.com/subscriptions/s?api-version=1", "https://management.azure.com",
                          "https://management.azure.com?x=1", "https://management.azure.com:443/x",
                          "https://westus.management.azure.com/x", "https://a.b.management.azure.com/x",
                          "HTTPS://Management.Azure.COM/x", "https://CentralUsEuap.MANAGEMENT.azure.com/x",
                          "https://management.azure.com/vaults/v;raw;semicolons/x?t=1&s=a@b:c",
                          "https://management.azure.com/x?next=https://evil.com/"}) {
    EXPECT_TRUE(is_trusted_url(arm, url)) << url;
  }
}

TEST(TrustedUrl, AnotherHostIsNot) {
  for (const char* url : {"https://evil.com/", "https://azure.com/", "https://evilmanagement.azure.com/",
                          "https://management.azure.com.evil.com/", "https://management.azure.comevil.com/",
                          "https://management-azure.com/", "https://evil.com/management.azure.com",
                          "https://evil.com?management.azure.com", "https://evil.com?.management.azure.com",
                          "https://evil.com#.management.azure.com", "https://evil.com/.management.azure.com",
                          "https://.management.azure.com/", "https://management.azure.com./"}) {
    EXPECT_FALSE(is_trusted_url(arm, url)) << url;
  }
}

TEST(TrustedUrl, UserInfoIsRefusedOnEitherSide) {
  for (const char* url : {"https://management.azure.com@evil.com/", "https://management.azure.com:443@evil.com/",
                          "https://user@management.azure.com/", "https://user:secret@management.azure.com/",
                          "https://evil.com@management.azure.com/", "https://@management.azure.com/"}) {
    EXPECT_FALSE(is_trusted_url(arm, url)) << url;
  }
}

TEST(TrustedUrl, AnotherPortIsRefused) {
  for (const char* url : {"https://management.azure.com:8443/", "https://management.azure.com:80/",
                          "https://management.azure.com:4430/", "https://management.azure.com:443:443/",
                          "https://management.azure.com:x/", "https://westus.management.azure.com:444/"}) {
    EXPECT_FALSE(is_trusted_url(arm, url)) << url;
  }
  EXPECT_TRUE(is_trusted_url("https://127.0.0.1:8443", "https://127.0.0.1:8443/x"));
  EXPECT_FALSE(is_trusted_url("https://127.0.0.1:8443", "https://127.0.0.1:8444/x"));
  EXPECT_FALSE(is_trusted_url("https://127.0.0.1:8443", "https://127.0.0.1/x"));
}

TEST(TrustedUrl, AnotherSchemeIsRefused) {
  for (const char* url :
       {"http://management.azure.com/", "http://management.azure.com:443/", "ftp://management.azure.com/",
        "//management.azure.com/", "management.azure.com/", "/subscriptions/s", "", "https:management.azure.com/",
        "https:/management.azure.com/", "xhttps://management.azure.com/", " https://management.azure.com/"}) {
    EXPECT_FALSE(is_trusted_url(arm, url)) << url;
  }
  EXPECT_TRUE(is_trusted_url("http://127.0.0.1:8080", "http://127.0.0.1:8080/x")) << "tests on loopback";
  EXPECT_FALSE(is_trusted_url("http://127.0.0.1:8080", "https://127.0.0.1:8080/x"));
}

TEST(TrustedUrl, BackslashesAndOtherOddSignsInTheHostAreRefused) {
  for (const std::string url :
       {"https://management.azure.com\\@evil.com/", "https://evil.com\\.management.azure.com/",
        "https:\\\\management.azure.com/", "https://evil.com\\management.azure.com",
        "https://evil.com%2f.management.azure.com/", "https://evil.com%00.management.azure.com/",
        "https://evil.com\t.management.azure.com/", "https://evil.com .management.azure.com/",
        "https://evil.com\n.management.azure.com/", "https://evil.com;.management.azure.com/",
        "https://evil.com,.management.azure.com/", "https://evil.com\xE3\x80\x82.management.azure.com/",
        "https://evil.com\x01.management.azure.com/"}) {
    EXPECT_FALSE(is_trusted_url(arm, url)) << url;
  }
}

TEST(TrustedUrl, AZeroByteCutsNoHost) {
  // A resolver that takes C strings would look up evil.com. JSON can contain \u0000.
  const std::string url("https://evil.com\0.management.azure.com/", 39);
  EXPECT_FALSE(is_trusted_url(arm, url));
}

TEST(TrustedUrl, LineBreaksAnywhereAreRefused) {
  // They would end the request line, and the sender would choose the headers that follow. JSON can contain them.
  EXPECT_FALSE(is_trusted_url(arm, "https://management.azure.com/x HTTP/1.1\r\nHost: evil.com\r\n\r\n"));
  EXPECT_FALSE(is_trusted_url(arm, "https://management.azure.com/x\nX-Evil: 1"));
  EXPECT_FALSE(is_trusted_url(arm, std::string("https://management.azure.com/x\0y", 32)));
}

TEST(TrustedUrl, AnAddressHasNoSubDomains) {
  EXPECT_FALSE(is_trusted_url("https://10.0.0.1", "https://1.10.0.0.1/"));
  EXPECT_FALSE(is_trusted_url("https://10.0.0.1", "https://evil.10.0.0.1/"));
  EXPECT_FALSE(is_trusted_url("https://0.0.1", "https://10.0.0.1/"));
  EXPECT_FALSE(is_trusted_url("https://10.0.0.1", "https://10.0.0.11/"));
  EXPECT_TRUE(is_trusted_url("https://[::1]:8443", "https://[::1]:8443/x"));
  EXPECT_FALSE(is_trusted_url("https://[::1]:8443", "https://[::2]:8443/x"));
  EXPECT_FALSE(is_trusted_url("https://[::1]:8443", "https://[::1]:8444/x"));
  EXPECT_FALSE(is_trusted_url("https://[::1]", "https://[::1].evil.com/"));
  EXPECT_FALSE(is_trusted_url("https://[::1]", "https://[::1/"));
}

TEST(TrustedUrl, WithoutAnEndpointNothingIsTrusted) {
  EXPECT_FALSE(is_trusted_url("", "https://evil.com/"));
  EXPECT_FALSE(is_trusted_url("", ""));
  EXPECT_FALSE(is_trusted_url("https://", "https:///x"));
}

TEST(DoubledPrefixes, ADoubledPrefixIsCollapsed) {
  EXPECT_EQ(normalize_url("https://management.azure.com/subscriptions//subscriptions/s-1/resourceGroups/g"),
            "https://management.azure.com/subscriptions/s-1/resourceGroups/g");
  EXPECT_EQ(normalize_url("https://management.azure.com/subscriptions//s-1/x"),
            "https://management.azure.com/subscriptions/s-1/x");
  EXPECT_EQ(normalize_url("https://management.azure.com/Subscriptions//SUBSCRIPTIONS/s-1/x").substr(28 + 15), "s-1/x");
}

TEST(NormalizedUrl, WhatNoUrlMayContainIsEncodedOnce) {
  const std::string raw = "https://management.azure.com/a b/\xC3\xBC?f=x eq 'y'&p=100%&q=\"<>\\^`{|}";
  const std::string encoded =
      "https://management.azure.com/a%20b/%C3%BC?f=x%20eq%20'y'&p=100%25&q=%22%3C%3E%5C%5E%60%7B%7C%7D";
  EXPECT_EQ(normalize_url(raw), encoded);
  EXPECT_EQ(normalize_url(encoded), encoded);
  EXPECT_EQ(normalize_url(" \t" + raw + "\r\n"), encoded);
}

TEST(NormalizedUrl, TheAuthorityAndControlCharactersStayAndAreRefused) {
  for (const std::string& url :
       {std::string("https://management.azure.com\\@evil.com/"), std::string("https://evil.com .management.azure.com/"),
        std::string("https://management.azure.com/x\nX-Evil: 1")}) {
    EXPECT_FALSE(is_trusted_url(arm, normalize_url(url))) << url;
    EXPECT_FALSE(is_trusted_url(arm, absolute_url(arm, url))) << url;
  }
}

TEST(AbsoluteUrl, APathIsOneOfTheEndpointAndAnythingElseIsNot) {
  EXPECT_EQ(absolute_url(arm, "/subscriptions/s?x=1"), "https://management.azure.com/subscriptions/s?x=1");
  EXPECT_EQ(absolute_url("https://127.0.0.1:8443/arm", "/subscriptions//s"), "https://127.0.0.1:8443/subscriptions/s");
  for (const char* url : {"", "//evil.com/x", "x", "https://evil.com/x", "https:/management.azure.com/x"}) {
    EXPECT_EQ(absolute_url(arm, url), url);
    EXPECT_FALSE(is_trusted_url(arm, absolute_url(arm, url))) << url;
  }
}

TEST(DoubledPrefixes, EverythingElseStaysVerbatim) {
  for (const std::string& url :
       {std::string(), std::string("https://management.azure.com/subscriptions/s/a;b;c/op?api-version=1&s=%2F//"),
        std::string("https://management.azure.com/x?u=/subscriptions//subscriptions/y"),
        std::string("https://management.azure.com/subscriptions/s//x"),
        "https://management.azure.com/x?c=" + std::string(8000, 'a')}) {
    EXPECT_EQ(normalize_url(url), url);
  }
}

}  // namespace
}  // namespace azrestored
