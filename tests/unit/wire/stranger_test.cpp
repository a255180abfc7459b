// A response of something between azrestored and Azure is recognized, described, and never taken for Azure's; a response
// of Azure is never taken for a stranger's (azure-backup-api.md 4.6).
#include "core/wire/stranger.hpp"

#include <gmock/gmock.h>

#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using testing::HasSubstr;

const std::string page =
    "\xEF\xBB\xBF\r\n <!DOCTYPE html><html><head><TITLE>\n Access denied</TITLE></head><body>secret</body></html>";

TEST(Stranger, APageIsNeverAzuresWhateverItsStatus) {
  for (const int status : {200, 202, 302, 400, 401, 403, 404, 407, 409, 429, 500, 502, 503, 511}) {
    const auto sentence = stranger_in({status, {{"Server", "webfilter"}}, page});
    ASSERT_TRUE(sentence) << status;
    EXPECT_EQ(*sentence, "a web filter, proxy or gateway responded in place of Azure: HTTP " + std::to_string(status) +
                             ", an HTML page with the title \"Access denied\", from the server \"webfilter\"");
  }
  EXPECT_TRUE(stranger_in({200, {{"content-type", "Text/HTML; charset=utf-8"}}, "blocked"}));
}

TEST(Stranger, ARefusalWithoutHeadersAndErrorOfAzureIsNotAzures) {
  for (const int status : {400, 401, 403, 404, 405, 407, 409, 410, 451}) {
    for (const char* body : {"", "Forbidden", R"({"error":"blocked"})", R"({"message":"blocked"})", "[]"}) {
      EXPECT_TRUE(stranger_in({status, {{"Via", "1.1 proxy"}}, body})) << status << body;
    }
  }
  EXPECT_THAT(*stranger_in({403, {}, ""}), HasSubstr("HTTP 403 without a body"));
}

TEST(Stranger, WhatAzureMaySendIsAzures) {
  for (const int status : {200, 202, 204, 400, 401, 403, 404, 409, 429, 500, 503}) {
    EXPECT_FALSE(stranger_in(answer(status))) << status;
    EXPECT_FALSE(stranger_in({status, {}, R"({"error":{"code":"C","message":"m"}})"})) << status;
    EXPECT_FALSE(stranger_in({status, {}, R"({"ErrorCode":"C","Message":"m"})"})) << status;
  }
  EXPECT_FALSE(stranger_in({202, {{"Azure-AsyncOperation", "https://management.azure.com/x"}}, ""}));
  EXPECT_FALSE(stranger_in({202, {{"Location", "https://management.azure.com/x"}}, ""}));
  // Without a verdict the status is retried in any case.
  for (const int status : {0, 100, 200, 204, 302, 408, 429, 500, 502, 503, 504})
    EXPECT_FALSE(stranger_in({status, {}, ""}));
  EXPECT_FALSE(stranger_in({200, {}, R"({"value":[{"name":"<html>"}]})"}));
}

TEST(Stranger, TheSentenceShowsNothingThatCouldHarmATerminal) {
  const auto sentence =
      stranger_in({403, {{"Server", "x\x1B[2J\ny"}}, "<html><title>\x1B]0;" + std::string(500, 'a') + "</title>"});
  ASSERT_TRUE(sentence);
  EXPECT_EQ(sentence->find('\x1B'), std::string::npos);
  EXPECT_EQ(sentence->find('\n'), std::string::npos);
  EXPECT_LT(sentence->size(), 400U);
}

}  // namespace
}  // namespace azrestored::test
