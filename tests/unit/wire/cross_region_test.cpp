// The steps of a cross-region restore, as requests and answers (azure-backup-api.md 6).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/wire/cross_region.hpp"
#include "core/wire/requests.hpp"
#include "tests/support/sample_job.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

const ArmTarget target = secondary_region({"https://management.example", "2025-02-01", "2021-11-15"});
const RestoreScope place{{"sub", "vault-rg", "safe"}, "westus"};
const std::string vault_id =
    "/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe";
const std::string region_url =
    "https://management.example/subscriptions/sub/providers/Microsoft.RecoveryServices/locations/westus";

TEST(CodecCrossRegion, TheVersionAloneSelectsTheSecondaryCopy) {
  EXPECT_THAT(list_items(target, place.vault).url, HasSubstr("/backupProtectedItems?api-version=2021-11-15"));
}

TEST(CodecCrossRegion, TheAccessTokenIsAskedForWithTheAadPropertiesAsTheyCame) {
  EXPECT_EQ(get_aad_properties(target, place).url, region_url + "/backupAadProperties?api-version=2021-11-15");
  const ProtectedItem item{"c;1", "i;1", ""};
  const HttpRequest request = post_access_token(target, place.vault, item, "42", R"({"properties": {"a": 1.50}})");
  EXPECT_EQ(request.method, "POST");
  EXPECT_THAT(request.url, HasSubstr("/protectedItems/i%3B1/recoveryPoints/42/accessToken?api-version=2021-11-15"));
  EXPECT_EQ(request.body, R"({"properties": {"a": 1.50}})");
}

TEST(CodecCrossRegion, AccessDetailsGoBackToTheByte) {
  const std::string details =
      R"({ "accessTokenString":"s\"}{","n" : 12345678901234567890123, "x": [1.50, {"properties": 2}], "z":"" })";
  for (const std::string& body : {R"({"properties":)" + details + "}",
                                  R"({"a": {"properties": 1}, "properties" : )" + details + R"(, "b": "c"})"}) {
    const auto read = read_access_details(answer(200, body));
    ASSERT_TRUE(read) << body;
    EXPECT_EQ(*read, details);
  }
  const HttpRequest request = post_cross_region_restore(target, place, details, {{"recoveryPointId", "42"}});
  EXPECT_EQ(request.url, region_url + "/backupCrossRegionRestore?api-version=2021-11-15");
  EXPECT_THAT(request.body, StartsWith(R"({"crossRegionRestoreAccessDetails":)" + details + ","));
  EXPECT_EQ(json::parse(request.body).at("restoreRequest"), (json{{"recoveryPointId", "42"}}));
  EXPECT_TRUE(request.fresh_connection);
}

TEST(CodecCrossRegion, WhatTwoParsersMayReadDifferentlyIsSentAsWeReadIt) {
  for (const char* body : {R"({"propert\u0069es": {"accessTokenString": "s"}})",
                           R"({"properties": null, "properties": {"accessTokenString": "s"}})"}) {
    EXPECT_EQ(read_access_details(answer(200, body)).value(), R"({"accessTokenString":"s"})") << body;
  }
}

// The JSON library refuses this text, so our search for the details must refuse it too: the search ran beyond the end
// of the text.
TEST(CodecCrossRegion, AnAnswerWithAZeroByteIsTriedAgain) {
  std::string body = R"({"propertie\u0073":{"accessTokenString":"a"}})";
  body += '\0';
  body += R"(,"x)";
  const auto read = read_access_details(answer(200, body));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind(), ErrorKind::transient);
}

TEST(CodecCrossRegion, AnAnswerWithoutATokenIsTriedAgain) {
  for (const char* body : {"", "[]", "{}", R"({"properties":null})", R"({"properties":{"accessTokenString":""}})"}) {
    const auto read = read_access_details(answer(200, body));
    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().kind(), ErrorKind::transient);
  }
}

TEST(CodecCrossRegion, JobsAreListedAndReadByPostsThatNameTheVault) {
  const HttpRequest list = list_restore_jobs(target, place, now, now + 1h);
  EXPECT_EQ(list.method, "POST");
  EXPECT_THAT(list.url, StartsWith(region_url + "/backupCrrJobs?api-version=2021-11-15&%24filter="));
  EXPECT_THAT(list.url, HasSubstr("CrossRegionRestore"));
  EXPECT_EQ(json::parse(list.body), (json{{"resourceId", vault_id}}));
  const HttpRequest read = get_job(target, place, azure_job_id);
  EXPECT_EQ(read.method, "POST");
  EXPECT_EQ(read.url, region_url + "/backupCrrJob?api-version=2021-11-15");
  EXPECT_EQ(json::parse(read.body), (json{{"resourceId", vault_id}, {"jobName", azure_job_id}}));
}

}  // namespace
}  // namespace azrestored::test
