// What a vault reports about itself, and which requests its Resource Guard protects.
#include "core/azure/vault_facts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/wire/vault.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

json vault() {
  return {
      {"location", "westus"},
      {"identity",
       {{"type", "SystemAssigned, UserAssigned"}, {"userAssignedIdentities", {{"/subscriptions/s/me", {{"x", 1}}}}}}},
      {"properties",
       {{"provisioningState", "Succeeded"},
        {"redundancySettings", {{"standardTierStorageRedundancy", "GeoRedundant"}, {"crossRegionRestore", "Enabled"}}},
        {"restoreSettings", {{"crossSubscriptionRestoreSettings", {{"crossSubscriptionRestoreState", "Disabled"}}}}},
        {"securitySettings", {{"multiUserAuthorization", "Enabled"}}}}}};
}

VaultFacts facts_of(const json& body) {
  const auto facts = read_vault_facts(answer(200, body));
  if (!facts) ADD_FAILURE() << facts.error().sentence();
  return facts ? *facts : VaultFacts{};
}

void expect_all(const VaultFacts& facts) {
  EXPECT_EQ(facts.location, "westus");
  EXPECT_EQ(facts.redundancy, "GeoRedundant");
  EXPECT_EQ(facts.cross_region_restore, true);
  EXPECT_TRUE(facts.system_identity);
  EXPECT_THAT(facts.user_identities, ElementsAre("/subscriptions/s/me"));
  EXPECT_EQ(facts.cross_subscription, false);
  EXPECT_EQ(facts.guarded, true);
}

TEST(VaultFacts, AreReadFromTheVault) {
  expect_all(facts_of(vault()));
}

TEST(VaultFacts, ComeBackFromJsonAsTheyWentIn) {
  expect_all(json(facts_of(vault())).get<VaultFacts>());
  const auto few = json(facts_of({{"location", "westus"}})).get<VaultFacts>();
  EXPECT_EQ(few.cross_region_restore, std::nullopt);
  EXPECT_EQ(few.cross_subscription, std::nullopt);
  EXPECT_EQ(few.guarded, std::nullopt);
}

TEST(VaultFacts, WhatTheVaultDoesNotSayIsNotKnown) {
  for (const json& body :
       {json{{"location", "westus"}},
        json{{"location", "westus"}, {"identity", nullptr}, {"properties", {{"redundancySettings", nullptr}}}},
        json{{"location", "westus"}, {"identity", {{"type", "None"}}}}}) {
    const VaultFacts facts = facts_of(body);
    EXPECT_EQ(facts.redundancy, "");
    EXPECT_EQ(facts.cross_region_restore, std::nullopt);
    EXPECT_FALSE(facts.system_identity);
    EXPECT_THAT(facts.user_identities, IsEmpty());
    EXPECT_EQ(facts.cross_subscription, std::nullopt);
    EXPECT_EQ(facts.guarded, std::nullopt);
  }
}

TEST(VaultFacts, ASwitchThatCanNoLongerBeChangedIsOff) {
  json body = vault();
  body["properties"]["restoreSettings"]["crossSubscriptionRestoreSettings"]["crossSubscriptionRestoreState"] =
      "PermanentlyDisabled";
  body["properties"]["redundancySettings"]["crossRegionRestore"] = "Odd";
  EXPECT_EQ(facts_of(body).cross_subscription, false);
  EXPECT_EQ(facts_of(body).cross_region_restore, std::nullopt);
}

TEST(VaultFacts, AnAnswerThatIsNoVaultIsTransient) {
  for (const std::string& body : garbage)
    EXPECT_EQ(read_vault_facts(answer(200, body)).error().kind(), ErrorKind::transient) << body;
  for (const std::string& body : foreign)
    EXPECT_EQ(read_vault_facts(answer(200, body)).error().kind(), ErrorKind::transient) << body;
}

json proxies(std::vector<json> operations) {
  return {{"value",
           {{{"name", "VaultProxy"},
             {"properties",
              {{"resourceGuardResourceId", "/guards/contoso"},
               {"resourceGuardOperationDetails", std::move(operations)}}}}}}};
}
json guarded(const std::string& operation, const std::string& request) {
  return {{"vaultCriticalOperation", operation}, {"defaultResourceRequest", request}};
}

TEST(GuardRequests, AreThoseOfRestoresAlone) {
  const auto requests = read_guard_requests(answer(
      200, proxies({guarded("Microsoft.RecoveryServices/vaults/backupconfig/write", "/guards/contoso/config/default"),
                    guarded("Microsoft.RecoveryServices/vaults/x/RecoveryPoints/Restore/Action",
                            "/guards/contoso/restore/1"),
                    guarded("Microsoft.RecoveryServices/vaults/x/recoveryPoints/restore", "/guards/contoso/restore/2"),
                    guarded("x/restore/action", "/guards/contoso/restore/2"), guarded("x/restore/action", "")})));
  ASSERT_TRUE(requests);
  EXPECT_THAT(*requests, ElementsAre("/guards/contoso/restore/1", "/guards/contoso/restore/2"));
}

TEST(GuardRequests, AreNoneWithoutAGuard) {
  EXPECT_THAT(*read_guard_requests(answer(200, json{{"value", json::array()}})), IsEmpty());
  EXPECT_THAT(*read_guard_requests(answer(200, json{{"value", {1, nullptr, {{"properties", nullptr}}}}})), IsEmpty());
}

TEST(GuardRequests, AnAnswerThatIsNoListIsTransient) {
  for (const std::string& body : garbage)
    EXPECT_EQ(read_guard_requests(answer(200, body)).error().kind(), ErrorKind::transient) << body;
  for (const std::string& body : foreign)
    EXPECT_EQ(read_guard_requests(answer(200, body)).error().kind(), ErrorKind::transient) << body;
}

}  // namespace
}  // namespace azrestored::test
