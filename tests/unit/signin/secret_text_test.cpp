// A secret is found in every form in which Windows and Azure's tools write it; what is no secret is named, and no
// sentence shows the content.
#include "daemon/signin/secret_text.hpp"

#include <gmock/gmock.h>

namespace azrestored::test {
namespace {

using testing::HasSubstr;

const std::string secret = "aB3~x.y_z-Q";

std::string utf16(const std::string& ascii, bool is_little_endian, bool has_mark) {
  std::string bytes = has_mark ? (is_little_endian ? "\xFF\xFE" : "\xFE\xFF") : "";
  for (const char c : ascii) bytes += is_little_endian ? std::string{c, '\0'} : std::string{'\0', c};
  return bytes;
}

std::string taken(const std::string& bytes, SecretKind kind) {
  const auto found = unwrap_secret(to_utf8(bytes), kind, "thing");
  return found ? *found : "refused: " + found.error().sentence();
}

TEST(SecretText, IsTheSameInEveryEncoding) {
  for (const SecretKind kind : {SecretKind::text, SecretKind::client_secret, SecretKind::token}) {
    for (const std::string& bytes :
         {secret, secret + "\r\n", "\xEF\xBB\xBF" + secret + "\r\n", utf16(secret + "\r\n", true, true),
          utf16(secret + "\r\n", false, true), utf16(secret, true, false), utf16(secret, false, false),
          "\xC2\xA0" + secret + "\xE2\x80\x8B\n"}) {
      EXPECT_EQ(taken(bytes, kind), secret);
    }
  }
}

TEST(SecretText, IsTakenOutOfQuotesAndOfTheJsonOfAzuresTools) {
  for (const SecretKind kind : {SecretKind::client_secret, SecretKind::token}) {
    EXPECT_EQ(taken("\"" + secret + "\"\n", kind), secret);
    EXPECT_EQ(taken("'" + secret + "'\n", kind), secret);
    EXPECT_EQ(taken("\" " + secret + " \"", kind), secret);
  }
  const std::string az_token =
      R"({"accessToken": ")" + secret + R"(", "expiresOn": "2026-11-29 10:00:00", "tokenType": "Bearer"})";
  EXPECT_EQ(taken(az_token, SecretKind::token), secret);
  EXPECT_EQ(taken(utf16(az_token, true, true), SecretKind::token), secret);
  EXPECT_EQ(taken(R"({"access_token":")" + secret + R"("})", SecretKind::token), secret);
  EXPECT_EQ(taken(R"({"appId": "a", "displayName": "d", "password": ")" + secret + R"(", "tenant": "t"})",
                  SecretKind::client_secret),
            secret);
  EXPECT_EQ(taken("Bearer " + secret, SecretKind::token), secret);
  EXPECT_EQ(taken("authorization: bearer " + secret + "\r\n", SecretKind::token), secret);
  EXPECT_EQ(taken("\"Bearer " + secret + "\"", SecretKind::token), secret);
}

TEST(SecretText, KeepsWhatMayBelongToIt) {
  EXPECT_EQ(taken("a \"quoted\" word", SecretKind::client_secret), "a \"quoted\" word");
  EXPECT_EQ(taken("\"key\"", SecretKind::text), "\"key\"");
  EXPECT_EQ(taken("Bearerish", SecretKind::token), "Bearerish");
}

TEST(SecretText, IsNotGuessed) {
  const auto expect_refusal = [](const std::string& text, SecretKind kind, const std::string& why) {
    const auto found = unwrap_secret(text, kind, "thing");
    ASSERT_FALSE(found) << text;
    EXPECT_THAT(found.error().sentence(), HasSubstr(why));
    EXPECT_EQ(found.error().sentence().find("hunter2"), std::string::npos) << "the sentence shows the content";
  };
  expect_refusal(R"({"error": "hunter2"})", SecretKind::token, "\"accessToken\", \"access_token\"");
  expect_refusal(R"({"password": "hunter2", "secretText": "hunter2"})", SecretKind::client_secret, "exactly one of");
  expect_refusal("{hunter2", SecretKind::client_secret, "contains JSON");
  expect_refusal("\"hunter2", SecretKind::client_secret, "contains a quote at one end");
  expect_refusal("hun\nter2", SecretKind::token, "more than one line");
  expect_refusal("hunter2 x", SecretKind::token, "contains a blank as character 8 of the thing");
  expect_refusal("hunter2\xC3\xA4", SecretKind::token, "contains a letter beyond ASCII as character 8");
  expect_refusal("hunter2\"x", SecretKind::token, "contains a quote as character 8");
  expect_refusal("hunter2\x01x", SecretKind::text, "contains a control character");
  expect_refusal("\"\"", SecretKind::token, "is empty; put the thing into it");
}

}  // namespace
}  // namespace azrestored::test
