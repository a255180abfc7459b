// Requests of azure-cli outside the backup part: it must find the subscription, container and storage account, and sign
// in through the VM extension.
#include <gtest/gtest.h>

#include <string>

#include "simulation.hpp"

namespace azsim {
namespace {

const std::string group = "/subscriptions/11111111-2222-4333-8444-555555555555/resourcegroups/contoso-staging";

TEST(BesideBackup, TheSubscriptionsAreThoseOfTheVaults) {
  Json state = state_json();
  state["vaults"][1] = state["vaults"][0];
  state["vaults"][1]["id"] =
      "/subscriptions/22222222-2222-4333-8444-555555555555/resourceGroups/g/providers/"
      "Microsoft.RecoveryServices/vaults/other";
  Simulation sim = Simulation::over(state);
  const Json list = sim.get_json("/subscriptions?api-version=2019-11-01");
  ASSERT_EQ(list["value"].size(), 2U);
  EXPECT_EQ(list["value"][0]["subscriptionId"], "11111111-2222-4333-8444-555555555555");
  EXPECT_EQ(list["value"][1]["state"], "Enabled");
}

TEST(BesideBackup, AContainerIsFoundByTheVmsName) {
  Simulation sim;
  const std::string filter = "&$filter=backupManagementType%20eq%20'AzureIaasVM'%20and%20friendlyName%20eq%20'web01'";
  const Json list = sim.get_json(vault + "/backupProtectionContainers" + version + filter);
  ASSERT_EQ(list["value"].size(), 1U);
  EXPECT_EQ(list["value"][0]["name"], "IaasVMContainer;iaasvmcontainerv2;contoso-web;web01");
  EXPECT_EQ(sim.get(vault + "/backupProtectionContainers" + version + "&$filter=colour%20eq%20'red'").status, 400U);
}

TEST(BesideBackup, AStorageAccountExistsButIsNoClassicOne) {
  Simulation sim;
  const std::string path = "/storageAccounts//contosostaging?api-version=2016-01-01";
  EXPECT_EQ(sim.get(group + "/providers/Microsoft.ClassicStorage" + path).status, 404U);
  const Json account = sim.get_json(group + "/providers/Microsoft.Storage" + path);
  EXPECT_EQ(account["id"], group + "/providers/Microsoft.Storage/storageAccounts/contosostaging");
}

TEST(BesideBackup, BackupsAreEncryptedWithMicrosoftsKeys) {
  Simulation sim;
  const Json config = sim.get_json(vault + "/backupEncryptionConfigs/backupResourceEncryptionConfig" + version);
  EXPECT_EQ(config["properties"]["encryptionAtRestType"], "MicrosoftManaged");
}

TEST(BesideBackup, TheVmExtensionGivesATokenThatNamesItsTenant) {
  Json state = state_json();
  state["imds"] = {{"tenantId", "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa"}};
  Simulation sim = Simulation::over(state);
  const auto ask = [&](Pairs headers) {
    return sim.call("POST", "/oauth2/token", "resource=https%3A%2F%2Fmanagement.azure.com", std::move(headers))
        .response;
  };
  EXPECT_EQ(ask({}).status, 400U);
  const Json answer = Json::parse(ask({{"Metadata", "true"}}).body);
  const std::string token = answer["access_token"];
  const std::string claims = token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1);
  EXPECT_EQ(Json::parse(*base64url_decode(claims))["tid"], "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa");
}

}  // namespace
}  // namespace azsim
