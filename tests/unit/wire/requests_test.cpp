// What azrestored sends, character for character: paths, api-version, %3B for the semicolons of item names, filters
// (azure-backup-api.md 0 to 3, 5).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/azure/arm_id.hpp"
#include "core/http/message.hpp"
#include "core/wire/requests.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

const ArmTarget target{"https://management.azure.com", "2025-02-01", "2021-11-15"};
const VaultId vault{"sub", "vault-rg", "safe"};
const ProtectedItem item{"IaasVMContainer;iaasvmcontainerv2;vm-rg;web01", "VM;iaasvmcontainerv2;vm-rg;web01", ""};

const std::string vault_url =
    "https://management.azure.com/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/"
    "vaults/safe";
const std::string points_url =
    vault_url +
    "/backupFabrics/Azure/protectionContainers/IaasVMContainer%3Biaasvmcontainerv2%3Bvm-rg%3Bweb01"
    "/protectedItems/VM%3Biaasvmcontainerv2%3Bvm-rg%3Bweb01/recoveryPoints";

void expect_plain_get(const HttpRequest& request) {
  EXPECT_EQ(request.method, "GET");
  EXPECT_TRUE(request.body.empty());
  EXPECT_FALSE(request.fresh_connection);
  for (const auto& [name, value] : request.headers)
    EXPECT_NE(name, "Content-Type") << "only with a body (azure-backup-api.md 10)";
}

TEST(CodecRequests, GuardsAreListedOfTheVault) {
  const HttpRequest request = list_guards(target, vault);
  expect_plain_get(request);
  EXPECT_EQ(request.url, vault_url + "/backupResourceGuardProxies?api-version=2025-02-01");
}

TEST(CodecRequests, ReadsAreTheseUrls) {
  EXPECT_EQ(get_vault(target, vault).url, vault_url + "?api-version=2025-02-01");
  EXPECT_EQ(list_points(target, vault, item).url, points_url + "?api-version=2025-02-01");
  EXPECT_EQ(get_point(target, vault, item, "31407900891996").url,
            points_url + "/31407900891996?api-version=2025-02-01");
  EXPECT_EQ(get_job(target, RestoreScope{vault, ""}, azure_job_id).url,
            vault_url + "/backupJobs/" + azure_job_id + "?api-version=2025-02-01");
  expect_plain_get(get_vault(target, vault));
  expect_plain_get(list_items(target, vault));
  expect_plain_get(list_points(target, vault, item));
  expect_plain_get(get_point(target, vault, item, "1"));
  expect_plain_get(get_job(target, RestoreScope{vault, ""}, azure_job_id));
  expect_plain_get(list_restore_jobs(target, RestoreScope{vault, ""}, now, now));
}

TEST(CodecRequests, ItemsAreFilteredToVms) {
  EXPECT_EQ(list_items(target, vault).url,
            vault_url +
                "/backupProtectedItems?api-version=2025-02-01"
                "&%24filter=backupManagementType%20eq%20%27AzureIaasVM%27%20and%20itemType%20eq%20%27VM%27");
}

TEST(CodecRequests, JobsAreFilteredToRestoresOfTheWindow) {
  EXPECT_EQ(
      list_restore_jobs(target, RestoreScope{vault, ""}, at("2026-11-20T00:05:00Z"), at("2026-11-20T12:00:09Z")).url,
      vault_url +
          "/backupJobs?api-version=2025-02-01"
          "&%24filter=operation%20eq%20%27Restore%27%20and%20backupManagementType%20eq%20%27AzureIaasVM%27"
          "%20and%20startTime%20eq%20%272026-11-20%2012%3A05%3A00%20AM%27"
          "%20and%20endTime%20eq%20%272026-11-20%2012%3A00%3A09%20PM%27");
}

TEST(CodecRequests, TheRestoreIsPostedOnAConnectionOfItsOwn) {
  const json properties = {
      {"objectType", "IaasVMRestoreRequest"}, {"restoreDiskLunList", json::array()}, {"region", nullptr}};
  const HttpRequest post = post_restore(target, vault, item, "31407900891996", properties);
  EXPECT_EQ(post.method, "POST");
  EXPECT_EQ(post.url, points_url + "/31407900891996/restore?api-version=2025-02-01");
  EXPECT_TRUE(post.fresh_connection);
  EXPECT_EQ(json::parse(post.body), json({{"properties", properties}})) << "absent, null and [] keep their meanings";
  ASSERT_EQ(post.headers.size(), 1U);
  EXPECT_EQ(post.headers[0].first, "Content-Type");
  EXPECT_THAT(post.headers[0].second, testing::StartsWith("application/json"));
}

TEST(CodecRequests, ACancelHasNoBody) {
  const HttpRequest post = post_cancel(target, vault, azure_job_id);
  EXPECT_EQ(post.method, "POST");
  EXPECT_EQ(post.url, vault_url + "/backupJobs/" + azure_job_id + "/cancel?api-version=2025-02-01");
  EXPECT_TRUE(post.body.empty());
  EXPECT_FALSE(post.fresh_connection);
}

TEST(CodecRequests, NothingInANameLeavesItsSegmentOfTheUrl) {
  const VaultId odd{"s/u?b", "r g#(1)", "s%41fe&\xC3\xA4"};
  EXPECT_EQ(get_vault(target, odd).url,
            "https://management.azure.com/subscriptions/s%2Fu%3Fb/resourceGroups/r%20g%23%281%29/providers/"
            "Microsoft.RecoveryServices/vaults/s%2541fe%26%C3%A4?api-version=2025-02-01");
  EXPECT_EQ(get_job(target, RestoreScope{vault, ""}, "../x").url,
            vault_url + "/backupJobs/..%2Fx?api-version=2025-02-01");
  EXPECT_EQ(
      list_items({"http://127.0.0.1:8080", "2019-05-13", "2018-12-20"}, {"a-b", "c_d.e", "f~g"}).url.substr(0, 118),
      "http://127.0.0.1:8080/subscriptions/a-b/resourceGroups/c_d.e/providers/Microsoft.RecoveryServices/vaults/"
      "f~g/backupPro");
}

}  // namespace
}  // namespace azrestored::test
