// Why a job file is refused for the way it asks for a restore (crossRegion, rehydration, validate, auth), or for
// properties that contradict each other. Each row damages a correct file in one way and expects exactly one fault.
#include <string>
#include <vector>

#include "tests/support/job_file.hpp"

namespace azrestored::test {
namespace {

struct RefusedChoice {
  std::string name;
  std::string text;
  std::string fault;
};

void PrintTo(const RefusedChoice& choice, std::ostream* out) {
  *out << choice.name;
}

constexpr std::string_view account_line =
    "    \"storageAccountId\": "
    "\"/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Storage/storageAccounts/stage\",\n";
constexpr std::string_view target_group_line =
    ",\n    \"targetResourceGroupId\": \"/subscriptions/sub/resourceGroups/target-rg\"";
const std::string details = R"("identityBasedRestoreDetails": {"targetStorageAccountId": )"
                            R"("/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a"})";
const std::string access =
    R"("targetDiskAccessId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskAccesses/a")";
const std::string info = R"("recoveryPointRehydrationInfo": )"
                         R"({"rehydrationRetentionDuration": "P15D", "rehydrationPriority": "Standard"})";

RefusedChoice choice(std::string name, const std::string& member, std::string fault) {
  return {std::move(name), with_members(member), std::move(fault)};
}

RefusedChoice property(std::string name, const std::string& member, std::string fault) {
  return {std::move(name), with_properties(member), std::move(fault)};
}

/// The small job with a restore to another region and one more property.
RefusedChoice abroad(std::string name, const std::string& member, std::string fault) {
  return {
      std::move(name),
      edited(with_members(R"("crossRegion": {"region": "westus"})"), "\"recoveryType\"", member + ", \"recoveryType\""),
      std::move(fault)};
}

std::vector<RefusedChoice> cross_region() {
  const std::string region_form = "the secondary region's name in letters and digits, such as \"westus\"";
  const std::string to_west = R"("crossRegion": {"region": "westus"})";
  const std::string archived = "Azure does not copy archived points to another region; remove ";
  return {
      choice("CrossRegionIsNoObject", "\"crossRegion\": \"westus\"",
             "/crossRegion, line 5, column 18: found the string \"westus\"; expected an object with \"region\""),
      choice("CrossRegionWithoutRegion", "\"crossRegion\": {}",
             "/crossRegion/region, line 5, column 18: \"region\" is missing; expected " + region_form),
      choice("CrossRegionWithDisplayName", R"("crossRegion": {"region": "West US"})",
             "/crossRegion/region, line 5, column 29: found the string \"West US\"; expected " + region_form),
      choice("CrossRegionWithUnknownMember", R"("crossRegion": {"region": "westus", "zone": 1})",
             "/crossRegion/zone, line 5, column 47: unknown member \"zone\"; expected \"region\""),
      {"CrossRegionReplacesNoDisks",
       edited(
           edited(with_members(to_west + R"(, "replaceDisksOf": "web01")"), "\"RestoreDisks\"", "\"OriginalLocation\""),
           target_group_line, ""),
       "/restore/recoveryType, line 7, column 21: found OriginalLocation; a cross-region restore cannot replace the "
       "disks of a VM: expected \"RestoreDisks\" or \"AlternateLocation\", or no \"crossRegion\""},
      {"CrossRegionNeedsATargetGroup", edited(with_members(to_west), target_group_line, ""),
       "/restore/targetResourceGroupId, line 6, column 14: \"targetResourceGroupId\" is missing; a cross-region "
       "restore needs the resource group that receives the disks"},
      choice("CrossRegionTakesNoRehydration", to_west + R"(, "rehydration": {"priority": "High"})",
             "/rehydration, line 5, column 55: " + archived + "\"rehydration\" or \"crossRegion\""),
      abroad("CrossRegionTakesNoRehydrationInfo", info,
             "/restore/recoveryPointRehydrationInfo, line 7, column 37: " + archived +
                 "\"recoveryPointRehydrationInfo\" or \"crossRegion\""),
      abroad(
          "CrossRegionTakesNoEdgeZone", R"("extendedLocation": {"name": "losangeles"})",
          "/restore/extendedLocation, line 7, column 25: an edge zone does not support cross-region restores; remove "
          "\"extendedLocation\" or \"crossRegion\""),
      abroad("CrossRegionIsNotAnother", R"("region": "East US")",
             "/restore/region, line 7, column 15: found the string \"East US\"; expected \"westus\" as in "
             "\"crossRegion\", or no \"region\" here"),
      abroad("CrossRegionIsNotAnotherThatPassesThrough", R"("extraProperties": {"region": "eastus"})",
             "/restore/region, line 6, column 14: found the string \"eastus\"; expected \"westus\" as in "
             "\"crossRegion\", or no \"region\" here"),
      abroad(
          "CrossRegionDisksAreNotAsTheSource",
          R"("targetDiskNetworkAccessSettings": {"targetDiskNetworkAccessOption": "SameAsOnSourceDisks"})",
          "/restore/targetDiskNetworkAccessSettings, line 7, column 40: SameAsOnSourceDisks does not work across "
          "regions; expected EnablePrivateAccessForAllDisks with a \"targetDiskAccessId\" of the secondary region, or "
          "EnablePublicAccessForAllDisks"),
      choice(
          "CrossRegionHasNoArchive", to_west + R"(, "recoveryPoint": {"tier": ["ArchivedRP"]})",
          "/recoveryPoint/tier, line 5, column 66: found ArchivedRP; a secondary region has only points of the vault's "
          "standard tier: add \"HardenedRP\", or remove \"tier\""),
      choice(
          "CrossRegionHasNoSnapshots", to_west + R"(, "recoveryPoint": {"tier": ["InstantRP"]})",
          "/recoveryPoint/tier, line 5, column 66: found InstantRP; a secondary region has only points of the vault's "
          "standard tier: add \"HardenedRP\", or remove \"tier\""),
      choice("CrossRegionIsNotValidatedByTheService", to_west + R"(, "validate": "service")",
             "/validate, line 5, column 52: Azure cannot validate a cross-region restore; expected "
             "\"local\" or \"none\", or no \"validate\""),
  };
}

std::vector<RefusedChoice> others() {
  const std::string profile_form = "the name of a sign-in profile in the settings: 1 to 64 letters, digits and dashes";
  const std::string retention_form = "whole days from \"P1D\" to \"P30D\", such as \"P15D\"";
  std::vector<RefusedChoice> rows = {
      choice("RehydrationIsNoObject", "\"rehydration\": \"High\"",
             "/rehydration, line 5, column 18: found the string \"High\"; expected an object with \"priority\" and "
             "optionally \"retention\", which is \"P15D\" by default"),
      choice("RehydrationWithoutPriority", "\"rehydration\": {}",
             "/rehydration/priority, line 5, column 18: \"priority\" is missing; expected \"Standard\" or \"High\""),
      choice("RehydrationWithUnknownPriority", R"("rehydration": {"priority": "high"})",
             "/rehydration/priority, line 5, column 31: found the string \"high\", perhaps meant to be \"High\"; "
             "expected \"Standard\" or \"High\""),
      choice("RehydrationWithUnknownMember", R"("rehydration": {"priority": "High", "retain": "P15D"})",
             "/rehydration/retain, line 5, column 49: unknown member \"retain\"; expected \"priority\" or "
             "\"retention\""),
      {"RehydrationSaidTwice",
       edited(with_members(R"("rehydration": {"priority": "High"})"), "\"recoveryType\"", info + ", \"recoveryType\""),
       "/restore/recoveryPointRehydrationInfo, line 7, column 37: \"recoveryPointRehydrationInfo\" and \"rehydration\" "
       "mean the same; remove one of the two"},
      choice("ValidateIsUnknown", "\"validate\": \"server\"",
             "/validate, line 5, column 15: found the string \"server\", perhaps meant to be \"service\"; expected "
             "\"service\", \"local\" or \"none\""),
      choice("AuthIsEmpty", "\"auth\": \"\"",
             "/auth, line 5, column 11: found the string \"\"; expected " + profile_form),
      choice("AuthWithBlank", "\"auth\": \"my profile\"",
             "/auth, line 5, column 11: found the string \"my profile\"; expected " + profile_form),
      choice("AuthThatNoSettingsCanDefine", "\"auth\": \"prod.eu\"",
             "/auth, line 5, column 11: found the string \"prod.eu\"; expected " + profile_form),
      choice("GuardAuthIsNoText", "\"guardAuth\": 1",
             "/guardAuth, line 5, column 16: found the number 1; expected a string in double quotes: " + profile_form),
      choice("AuthIsTooLong", "\"auth\": \"" + std::string(65, 'a') + "\"",
             "/auth, line 5, column 11: found the string \"" + std::string(65, 'a') + "\"; expected " + profile_form),
  };
  for (const std::string retention : {"15D", "P15", "PD", "P0D", "P31D", "P-1D", "P+5D", "P1.5D", "P2W", ""}) {
    rows.push_back(choice("Retention" + std::to_string(rows.size()),
                          R"("rehydration": {"priority": "High", "retention": ")" + retention + "\"}",
                          "/rehydration/retention, line 5, column 52: found the string \"" + retention +
                              "\"; expected " + retention_form + (retention == "15D" ? "; write \"P15D\"" : "")));
  }
  return rows;
}

std::vector<RefusedChoice> contradictions() {
  const auto by_identity = [&](const std::string& identity) {
    return edited(small_job, account_line, "    \"identityInfo\": " + identity + ", " + details + ",\n");
  };
  const std::string either = "; expected either \"isSystemAssignedIdentity\": true or \"managedIdentityResourceId\"";
  const std::string one_identity = R"("managedIdentityResourceId": "/subscriptions/s/resourceGroups/g/providers/)"
                                   R"(Microsoft.ManagedIdentity/userAssignedIdentities/me")";
  return {
      {"NoIdentityAtAll", by_identity("{}"), "/restore/identityInfo, line 7, column 21: names no identity" + either},
      {"IdentitySwitchedOff", by_identity(R"({"isSystemAssignedIdentity": false})"),
       "/restore/identityInfo, line 7, column 21: names no identity" + either},
      {"TwoIdentities", by_identity(R"({"isSystemAssignedIdentity": true, )" + one_identity + "}"),
       "/restore/identityInfo, line 7, column 21: names two identities" + either},
      property("PrivateAccessWithoutAnAccess",
               R"("targetDiskNetworkAccessSettings": {"targetDiskNetworkAccessOption": )"
               R"("EnablePrivateAccessForAllDisks"})",
               "/restore/targetDiskNetworkAccessSettings/targetDiskAccessId, line 6, column 40: \"targetDiskAccessId\" "
               "is missing; EnablePrivateAccessForAllDisks needs the ARM id of the disk access to use"),
      property("PublicAccessWithAnAccess",
               R"("targetDiskNetworkAccessSettings": {)" + access +
                   R"(, "targetDiskNetworkAccessOption": "EnablePublicAccessForAllDisks"})",
               "/restore/targetDiskNetworkAccessSettings/targetDiskAccessId, line 6, column 63: only "
               "EnablePrivateAccessForAllDisks uses \"targetDiskAccessId\"; remove it or set it to null"),
      property("AccessWithoutAnOption", R"("targetDiskNetworkAccessSettings": {)" + access + "}",
               "/restore/targetDiskNetworkAccessSettings/targetDiskNetworkAccessOption, line 6, column 40: "
               "\"targetDiskNetworkAccessOption\" is missing; expected \"SameAsOnSourceDisks\", "
               "\"EnablePrivateAccessForAllDisks\" or \"EnablePublicAccessForAllDisks\""),
      property("EdgeZoneWithoutAName", R"("extendedLocation": {"type": "EdgeZone"})",
               "/restore/extendedLocation/name, line 6, column 25: \"name\" is missing; "
               "expected a string that is not empty"),
      property("RehydratingTypeWithoutInfo", R"("objectType": "IaasVMRestoreWithRehydrationRequest")",
               "/restore/objectType, line 6, column 19: IaasVMRestoreWithRehydrationRequest needs "
               "\"recoveryPointRehydrationInfo\"; remove \"objectType\" and add "
               "\"rehydration\" at the top level of the file"),
      property("PlainTypeWithInfo", R"("objectType": "IaasVMRestoreRequest", )" + info,
               "/restore/objectType, line 6, column 19: with \"recoveryPointRehydrationInfo\" the type is "
               "IaasVMRestoreWithRehydrationRequest; remove \"objectType\""),
  };
}

class RefusedJobChoice : public testing::TestWithParam<RefusedChoice> {};

TEST_P(RefusedJobChoice, IsRefusedWithOneSentenceAndItsPosition) {
  EXPECT_EQ(faults_of(GetParam().text), std::vector<std::string>{GetParam().fault});
}

const auto name_of = [](const auto& row) { return row.param.name; };

INSTANTIATE_TEST_SUITE_P(CrossRegion, RefusedJobChoice, testing::ValuesIn(cross_region()), name_of);
INSTANTIATE_TEST_SUITE_P(Others, RefusedJobChoice, testing::ValuesIn(others()), name_of);
INSTANTIATE_TEST_SUITE_P(Contradictions, RefusedJobChoice, testing::ValuesIn(contradictions()), name_of);

TEST(JobChoices, AnIdentityWithItsAccountIsLegal) {
  const std::string identity = R"("identityInfo": {"isSystemAssignedIdentity": true}, )";
  EXPECT_TRUE(faults_of(edited(small_job, account_line, "    " + identity + details + ",\n")).empty());
}

TEST(JobChoices, PrivateAccessWithItsAccessIsLegal) {
  EXPECT_TRUE(faults_of(with_properties(R"("targetDiskNetworkAccessSettings": {)" + access +
                                        R"(, "targetDiskNetworkAccessOption": "EnablePrivateAccessForAllDisks"})"))
                  .empty());
}

TEST(JobChoices, AnotherRegionMayTakeThePointsOfItsTier) {
  EXPECT_TRUE(faults_of(with_members(R"("crossRegion": {"region": "westus"}, )"
                                     R"("recoveryPoint": {"tier": ["InstantRP", "HardenedRP"]})"))
                  .empty());
}

}  // namespace
}  // namespace azrestored::test
