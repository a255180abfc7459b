// Every sentence that refuses a job file. Each row damages a correct file in one way and expects exactly one fault,
// with its line and column.
#include <string>
#include <vector>

#include "core/json/fault.hpp"
#include "tests/support/job_file.hpp"

namespace azrestored::test {
namespace {

struct SpoiledFile {
  std::string name;
  std::string text;
  std::string fault;
};

void PrintTo(const SpoiledFile& file, std::ostream* out) {
  *out << file.name;
}

std::string without(std::string_view line) {
  return edited(small_job, line, "");
}

const std::string original_location = edited(small_job, "\"RestoreDisks\"", "\"OriginalLocation\"");
const std::string alternate_location = edited(small_job, "\"RestoreDisks\"", "\"AlternateLocation\"");
constexpr std::string_view target_group_line =
    ",\n    \"targetResourceGroupId\": \"/subscriptions/sub/resourceGroups/target-rg\"";
constexpr std::string_view vault_line =
    "  \"vault\": \"/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe\",\n";
constexpr std::string_view vm_line =
    "  \"virtualMachine\": "
    "\"/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web01\",\n";
constexpr std::string_view account_line =
    "    \"storageAccountId\": "
    "\"/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Storage/storageAccounts/stage\",\n";

const std::string vault_forms =
    "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{name} or an object with "
    "\"subscriptionId\", \"resourceGroup\" and \"name\"";
const std::string vm_forms =
    "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}, an object with "
    "\"resourceGroup\" and \"name\", or the VM's name alone";
const std::string restore_form = "an object with \"recoveryType\" and the other properties of the restore";
const std::string group_alone = "; this is the id of a resource group";
const std::string name_form =
    "1 to 64 letters, digits, dots, dashes, underscores and spaces, beginning and ending with a letter or digit, and "
    "not in the form of a job id";
const std::string priority_form = "a whole number from -100 to 100 (jobs with a higher number start first)";
const std::string plain_name = "a plain name, without / ? # % \\ or control characters";
const std::string point_forms =
    "\"latest\", a recovery point's id in digits, or an object with any of \"before\", \"after\", \"consistency\", "
    "\"tier\" and \"notOlderThan\"";
const std::string storage_form =
    "an ARM id like /subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{name}";

SpoiledFile point(std::string name, const std::string& rule, std::string fault) {
  return {std::move(name), with_members("\"recoveryPoint\": " + rule), std::move(fault)};
}

SpoiledFile property(std::string name, const std::string& member, std::string fault) {
  return {std::move(name), with_properties(member), std::move(fault)};
}

std::vector<SpoiledFile> members() {
  return {
      {"NotAnObject", "[1]",
       "line 1, column 1: found the list [1]; expected a job: an object with \"vault\", \"virtualMachine\" and "
       "\"restore\""},
      {"UnknownMember", with_members("\"restores\": 1"),
       "/restores, line 5, column 15: unknown member \"restores\", perhaps meant to be \"restore\""},
      {"UnknownMemberLikeNothing", with_members("\"colour\": 1"),
       "/colour, line 5, column 13: unknown member \"colour\"; expected \"name\", \"priority\", \"vault\", "
       "\"virtualMachine\", \"protectedItem\", \"recoveryPoint\", \"restore\", \"replaceDisksOf\", \"crossRegion\", "
       "\"rehydration\", "
       "\"validate\", \"auth\", \"guardAuth\" or \"$schema\""},
      {"MemberTwice", with_members("\"validate\": \"none\", \"validate\": \"none\""),
       "/validate, line 5, column 23: the member \"validate\" is given twice, first on line 5; remove one of the two"},
      {"NameIsNoText", edited(small_job, "\"drill\"", "5"),
       "/name, line 2, column 11: found the number 5; expected a string in double quotes: " + name_form},
      {"NameWithSlash", edited(small_job, "\"drill\"", "\"a/b\""),
       "/name, line 2, column 11: found the string \"a/b\"; expected " + name_form},
      {"NameIsEmpty", edited(small_job, "\"drill\"", "\"\""),
       "/name, line 2, column 11: found the string \"\"; expected " + name_form},
      {"NameLikeAnOption", edited(small_job, "\"drill\"", "\"--json\""),
       "/name, line 2, column 11: found the string \"--json\"; expected " + name_form},
      {"NameLikeAJobId", edited(small_job, "\"drill\"", "\"0B1F6471-1bf0-4dda-aec3-cb9272f09590\""),
       "/name, line 2, column 11: found the string \"0B1F6471-1bf0-4dda-aec3-cb9272f09590\"; expected " + name_form},
      {"PriorityIsAText", with_members("\"priority\": \"high\""),
       "/priority, line 5, column 15: found the string \"high\"; expected " + priority_form},
      {"PriorityIsAFraction", with_members("\"priority\": 1.5"),
       "/priority, line 5, column 15: found the number 1.5; expected " + priority_form},
      {"PriorityTooHigh", with_members("\"priority\": 101"),
       "/priority, line 5, column 15: found the number 101; expected " + priority_form},
      {"PriorityTooLow", with_members("\"priority\": -101"),
       "/priority, line 5, column 15: found the number -101; expected " + priority_form},
      {"PriorityBeyondEveryNumber", with_members("\"priority\": 18446744073709551615"),
       "/priority, line 5, column 15: found the number 18446744073709551615; expected " + priority_form},
      {"PriorityIsNull", with_members("\"priority\": null"),
       "/priority, line 5, column 15: found null; expected " + priority_form},
      {"RestoreIsMissing", "{\n" + std::string(vault_line) + std::string(vm_line) + "  \"name\": \"drill\"\n}",
       "/restore, line 1, column 1: \"restore\" is missing; expected " + restore_form},
      {"RestoreIsNoObject", "{\n" + std::string(vault_line) + std::string(vm_line) + "  \"restore\": null\n}",
       "/restore, line 4, column 14: found null; expected " + restore_form},
  };
}

std::vector<SpoiledFile> vaults_and_machines() {
  const auto vault = [](std::string_view to) {
    return edited(small_job, vault_line, "  \"vault\": " + std::string(to) + ",\n");
  };
  const auto vm = [](std::string_view to) {
    return edited(small_job, vm_line, "  \"virtualMachine\": " + std::string(to) + ",\n");
  };
  const auto item = [](std::string_view to) {
    return edited(small_job, vm_line, "  \"protectedItem\": " + std::string(to) + ",\n");
  };
  return {
      {"VaultIsMissing", without(vault_line),
       "/vault, line 1, column 1: \"vault\" is missing; expected " + vault_forms},
      {"VaultIsANumber", vault("5"), "/vault, line 3, column 12: found the number 5; expected " + vault_forms},
      {"VaultIsAnotherResource", vault("\"/subscriptions/s/resourceGroups/g\""),
       "/vault, line 3, column 12: found the string \"/subscriptions/s/resourceGroups/g\"; expected " + vault_forms +
           group_alone},
      {"VaultCouldSteerTheUrl",
       vault("\"/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v?x\""),
       "/vault, line 3, column 12: found the string "
       "\"/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v?x\"; expected " +
           vault_forms + "; an id does not contain \"?\": remove it and everything after it"},
      {"VaultObjectLacksAName", vault(R"({"subscriptionId": "s", "resourceGroup": "g"})"),
       "/vault/name, line 3, column 12: \"name\" is missing; expected " + plain_name},
      {"VaultObjectWithAPath", vault(R"({"subscriptionId": "s", "resourceGroup": "g/h", "name": "v"})"),
       "/vault/resourceGroup, line 3, column 53: found the string \"g/h\"; expected " + plain_name},
      {"VaultObjectWithUnknownMember", vault(R"({"subscriptionId": "s", "resourceGroup": "g", "name": "v", "nam": 1})"),
       "/vault/nam, line 3, column 78: unknown member \"nam\", perhaps meant to be \"name\""},
      {"MachineIsMissing", without(vm_line),
       "/virtualMachine, line 1, column 1: \"virtualMachine\" is missing; expected " + vm_forms +
           "; or \"protectedItem\" for a VM that no longer exists"},
      {"MachineIsAList", vm("[]"), "/virtualMachine, line 4, column 21: found an empty list; expected " + vm_forms},
      {"MachineIsAnotherResource", vm("\"/subscriptions/s/resourceGroups/g\""),
       "/virtualMachine, line 4, column 21: found the string \"/subscriptions/s/resourceGroups/g\"; expected " +
           vm_forms + group_alone},
      {"MachineNameWithControlCharacter", vm(R"("web\u001b01")"),
       "/virtualMachine, line 4, column 21: found the string \"web\\u001b01\"; expected " + vm_forms +
           "; it contains a control character (U+001B) as character 4, after \"web\": remove it"},
      {"MachineNameWithABlank", vm(R"("web 01")"),
       "/virtualMachine, line 4, column 21: found the string \"web 01\"; expected " + vm_forms +
           "; it contains a blank (U+0020) as character 4, after \"web\": remove it"},
      {"GroupWithAnInvisibleCharacter", vm(R"({"resourceGroup": "vm-\u200brg", "name": "web01"})"),
       "/virtualMachine/resourceGroup, line 4, column 39: found the string \"vm-\\u200brg\"; expected " + plain_name +
           "; it contains a zero-width space (U+200B) as character 4, after \"vm-\": remove it"},
      {"VaultWithANoBreakSpace",
       vault("\"/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/a\\u00a0b\""),
       "/vault, line 3, column 12: found the string "
       "\"/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/a\\u00a0b\"; expected " +
           vault_forms + "; it contains a no-break space (U+00A0) as character 80, after \"ces/vaults/a\": remove it"},
      {"MachineObjectLacksItsGroup", vm(R"({"name": "web01"})"),
       "/virtualMachine/resourceGroup, line 4, column 21: \"resourceGroup\" is missing; expected " + plain_name},
      {"ItemIsNoObject", item("\"x\""),
       "/protectedItem, line 4, column 20: found the string \"x\"; expected an object with \"container\" and \"item\""},
      {"ItemLacksItsContainer", item(R"({"item": "VM;iaasvmcontainerv2;g;v"})"),
       "/protectedItem/container, line 4, column 20: \"container\" is missing; expected " + plain_name},
      {"ItemThatDoesNotTellItsMachine", item(R"({"container": "IaasVMContainer;odd", "item": "VM;odd"})"),
       "/protectedItem/container, line 4, column 34: the name \"IaasVMContainer;odd\" does not contain the VM's id; "
       "add \"sourceResourceId\" to \"restore\""},
      {"ItemBesideANamedMachine",
       vm(R"("web01", "protectedItem": {"container": "IaasVMContainer;iaasvmcontainerv2;g;v", "item": "VM;v"})"),
       "/virtualMachine, line 4, column 21: found the string \"web01\"; expected the VM's ARM id, because "
       "\"protectedItem\" is also given"},
  };
}

std::vector<SpoiledFile> recovery_points() {
  return {
      point("PointIsUnknownWord", "\"newest\"",
            "/recoveryPoint, line 5, column 20: found the string \"newest\"; expected " + point_forms),
      point("PointIsEmptyObject", "{}",
            "/recoveryPoint, line 5, column 20: found an empty object; expected " + point_forms),
      point("PointIdAsNumber", "520981742781621",
            "/recoveryPoint, line 5, column 20: found the number 520981742781621; a recovery "
            "point's id is a string: write "
            "\"520981742781621\""),
      point("PointWithUnknownMember", R"({"befor": "2026-11-20T00:00:00Z"})",
            "/recoveryPoint/befor, line 5, column 30: unknown member \"befor\", perhaps meant to be \"before\""),
      point(
          "TimeWithoutZone", R"({"before": "2026-11-20T00:00:00"})",
          "/recoveryPoint/before, line 5, column 31: found the string \"2026-11-20T00:00:00\"; expected a time with a "
          "zone such as \"2026-11-20T00:00:00Z\"; write \"2026-11-20T00:00:00Z\" for UTC"),
      point("TimeIsNoText", R"({"after": 1})",
            "/recoveryPoint/after, line 5, column 30: found the number 1; expected a string in double quotes: a time "
            "with a zone such as \"2026-11-20T00:00:00Z\""),
      point(
          "BeforeIsNotLaterThanAfter", R"({"after": "2026-11-20T00:00:00Z", "before": "2026-11-20T01:00:00+01:00"})",
          "/recoveryPoint/before, line 5, column 64: found 2026-11-20T00:00:00Z; expected a time later than \"after\", "
          "which is 2026-11-20T00:00:00Z"),
      point(
          "ConsistencyIsNoList", R"({"consistency": "AppConsistent"})",
          "/recoveryPoint/consistency, line 5, column 36: found the string \"AppConsistent\"; expected a list with any "
          "of \"AppConsistent\", \"CrashConsistent\" or \"FileSystemConsistent\"; write [\"AppConsistent\"]"),
      point("ConsistencyIsUnknown", R"({"consistency": ["CrashConsistent", "FilesystemConsistant"]})",
            "/recoveryPoint/consistency/1, line 5, column 56: found the string "
            "\"FilesystemConsistant\", perhaps meant to "
            "be \"FileSystemConsistent\"; expected \"AppConsistent\", \"CrashConsistent\" or \"FileSystemConsistent\""),
      point(
          "TierIsUnknown", R"({"tier": ["Archive"]})",
          "/recoveryPoint/tier/0, line 5, column 30: found the string \"Archive\", perhaps meant to be \"ArchivedRP\"; "
          "expected \"InstantRP\", \"HardenedRP\" or \"ArchivedRP\""),
      point("TierIsEmpty", R"({"tier": []})",
            "/recoveryPoint/tier, line 5, column 29: found an empty list; expected a list with any of \"InstantRP\", "
            "\"HardenedRP\" or \"ArchivedRP\""),
      point("AgeWithoutUnit", R"({"notOlderThan": "36"})",
            "/recoveryPoint/notOlderThan, line 5, column 37: found the string \"36\"; "
            "expected a duration above zero such "
            "as \"36h\" (units: ms, s, m, h, d); the unit is missing: write \"36s\" for seconds, \"36h\" for hours"),
      point("AgeIsZero", R"({"notOlderThan": "0h"})",
            "/recoveryPoint/notOlderThan, line 5, column 37: found the string \"0h\"; "
            "expected a duration above zero such "
            "as \"36h\" (units: ms, s, m, h, d)"),
  };
}

std::vector<SpoiledFile> types() {
  const std::string replaced = with_members("\"replaceDisksOf\": \"web01\"");
  return {
      {"TypeIsMissing", without("    \"recoveryType\": \"RestoreDisks\",\n"),
       "/restore/recoveryType, line 5, column 14: \"recoveryType\" is missing; expected \"RestoreDisks\", "
       "\"OriginalLocation\" or \"AlternateLocation\""},
      {"TypeInOtherCase", edited(small_job, "\"RestoreDisks\"", "\"restoreDisks\""),
       "/restore/recoveryType, line 6, column 21: found the string \"restoreDisks\", perhaps meant to be "
       "\"RestoreDisks\"; expected \"RestoreDisks\", \"OriginalLocation\" or \"AlternateLocation\""},
      {"NoStagingAccount", without(account_line),
       "/restore/storageAccountId, line 5, column 14: \"storageAccountId\" is missing; RestoreDisks needs the staging "
       "account's ARM id, or \"identityBasedRestoreDetails\" instead"},
      {"TwoStagingAccounts",
       with_properties(R"("identityInfo": {"isSystemAssignedIdentity": true}, "identityBasedRestoreDetails": )"
                       R"({"targetStorageAccountId": )"
                       R"("/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a"})"),
       "/restore/identityBasedRestoreDetails, line 6, column 88: \"storageAccountId\" and "
       "\"identityBasedRestoreDetails\" both name the staging account; remove one of the two"},
      {"IdentityWithoutStagingAccount",
       edited(small_job, account_line,
              "    \"identityInfo\": {\"isSystemAssignedIdentity\": true}, \"identityBasedRestoreDetails\": {},\n"),
       "/restore/identityBasedRestoreDetails/targetStorageAccountId, line 7, column 88: \"targetStorageAccountId\" is "
       "missing; expected " +
           storage_form},
      {"RestoreDisksTakesNoMachine",
       with_properties(R"("targetVirtualMachineId": )"
                       R"("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v")"),
       "/restore/targetVirtualMachineId, line 6, column 31: RestoreDisks does not accept \"targetVirtualMachineId\"; "
       "remove it or set it to null"},
      {"RestoreDisksReplacesNothing", replaced,
       "/replaceDisksOf, line 5, column 21: RestoreDisks does not replace disks; remove \"replaceDisksOf\""},
      {"OriginalLocationWithoutConsent", edited(original_location, target_group_line, ""),
       "/replaceDisksOf, line 1, column 1: \"replaceDisksOf\" is missing; OriginalLocation needs the name of the VM "
       "whose disks are overwritten, \"web01\""},
      {"OriginalLocationWithConsentForAnother",
       edited(edited(edited(replaced, "\"RestoreDisks\"", "\"OriginalLocation\""), target_group_line, ""),
              "\"replaceDisksOf\": \"web01\"", "\"replaceDisksOf\": \"web02\""),
       "/replaceDisksOf, line 5, column 21: found the string \"web02\"; expected the name of the VM whose disks are "
       "overwritten, \"web01\""},
      {"OriginalLocationTakesNoTargetGroup", edited(replaced, "\"RestoreDisks\"", "\"OriginalLocation\""),
       "/restore/targetResourceGroupId, line 9, column 30: OriginalLocation does not accept \"targetResourceGroupId\"; "
       "remove it or set it to null"},
  };
}

std::vector<SpoiledFile> properties() {
  const std::string unknown_advice = "; put properties that azrestored does not know into \"extraProperties\"";
  return {
      property(
          "UnknownProperty", "\"restoreDiskLunlist\": [0]",
          "/restore/restoreDiskLunlist, line 6, column 27: unknown property \"restoreDiskLunlist\", perhaps meant to "
          "be \"restoreDiskLunList\"" +
              unknown_advice),
      property("PointIdInTheWrongPlace", "\"recoveryPointId\": \"5\"",
               "/restore/recoveryPointId, line 6, column 24: \"recoveryPointId\" is not allowed in \"restore\"; use "
               "\"recoveryPoint\" at the top level of the file"),
      property(
          "SourceIsAnotherMachine",
          "\"sourceResourceId\": "
          "\"/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web02\"",
          "/restore/sourceResourceId, line 6, column 25: found the VM \"web02\" of \"vm-rg\", but \"virtualMachine\" "
          "names another VM; remove it, or name the same VM in both"),
      property(
          "IdOfAnotherType", "\"diskEncryptionSetId\": \"/subscriptions/s/resourceGroups/g\"",
          "/restore/diskEncryptionSetId, line 6, column 28: found the string \"/subscriptions/s/resourceGroups/g\"; "
          "expected an ARM id like "
          "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Compute/diskEncryptionSets/{name}" +
              group_alone),
      property("IdIsNoId", R"("securedVMDetails": {"securedVMOsDiskEncryptionSetId": "me"})",
               "/restore/securedVMDetails/securedVMOsDiskEncryptionSetId, line 6, column 60: found the string \"me\"; "
               "expected an ARM id like "
               "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Compute/diskEncryptionSets/{name}"),
      property("FlagIsText", "\"createNewCloudService\": \"false\"",
               "/restore/createNewCloudService, line 6, column 30: found the string \"false\"; expected true or false; "
               "write false without quotes"),
      property("FlagIsNull", "\"originalStorageAccountOption\": null",
               "/restore/originalStorageAccountOption, line 6, column 37: found null; expected true or false"),
      property("RegionIsEmpty", "\"region\": \"\"",
               "/restore/region, line 6, column 15: found the string \"\"; expected a string that is not empty"),
      property("TextIsNumber", "\"affinityGroup\": 1",
               "/restore/affinityGroup, line 6, column 22: found the number 1; expected a string"),
      property("ZonesAreTwo", R"("zones": ["1", "2"])",
               "/restore/zones, line 6, column 14: found a list of 2; expected a list with one zone such as [\"1\"]"),
      property(
          "GuardRequestsAreNoTexts", R"("resourceGuardOperationRequests": [1])",
          "/restore/resourceGuardOperationRequests, line 6, column 39: found the list [1]; expected a list of strings"),
      property(
          "LunsAreNoList", "\"restoreDiskLunList\": 0",
          "/restore/restoreDiskLunList, line 6, column 27: found the number 0; expected null (all disks), [] (only "
          "the OS disk) or a list of LUNs such as [0, 2]"),
      property("LunIsNegative", "\"restoreDiskLunList\": [0, -1]",
               "/restore/restoreDiskLunList/1, line 6, column 31: found the number -1; expected a "
               "LUN: a whole number from 0"),
      property(
          "LunIsText", "\"restoreDiskLunList\": [\"0\"]",
          "/restore/restoreDiskLunList/0, line 6, column 28: found the string \"0\"; expected a LUN: a whole number "
          "from 0; write 0 without quotes"),
      property("LunTwice", "\"restoreDiskLunList\": [2, 2]",
               "/restore/restoreDiskLunList/1, line 6, column 31: LUN 2 is given twice; remove one of the two"),
      property("NestedUnknownMember", R"("encryptionDetails": {"encryptionEnable": false})",
               "/restore/encryptionDetails/encryptionEnable, line 6, column 47: unknown member \"encryptionEnable\", "
               "perhaps meant to be \"encryptionEnabled\""),
      property("NestedIsNoObject", "\"encryptionDetails\": false",
               "/restore/encryptionDetails, line 6, column 26: found the value false; expected an object"),
      property(
          "NestedUnknownWord",
          R"("targetDiskNetworkAccessSettings": {"targetDiskNetworkAccessOption": "SameAsOnSourceDisk"})",
          "/restore/targetDiskNetworkAccessSettings/targetDiskNetworkAccessOption, line 6, column 74: found the string "
          "\"SameAsOnSourceDisk\", perhaps meant to be \"SameAsOnSourceDisks\"; expected \"SameAsOnSourceDisks\", "
          "\"EnablePrivateAccessForAllDisks\" or \"EnablePublicAccessForAllDisks\""),
      property("ExtraIsNoObject", "\"extraProperties\": []",
               "/restore/extraProperties, line 6, column 24: found an empty list; expected an object"),
      property("ExtraGivenBesides", R"("region": "westus", "extraProperties": {"region": "eastus"})",
               "/restore/extraProperties/region, line 6, column 55: \"region\" is also given in "
               "\"restore\"; remove one of the two"),
      property(
          "ExtraDecidesThePoint", R"("extraProperties": {"RecoveryPointID": "5"})",
          "/restore/extraProperties/RecoveryPointID, line 6, column 44: \"RecoveryPointID\" selects what is restored "
          "and is not allowed in \"extraProperties\"; set it in \"recoveryPoint\""),
      property(
          "ExtraDecidesTheMachine", R"("extraProperties": {"sourceResourceId": "x"})",
          "/restore/extraProperties/sourceResourceId, line 6, column 45: \"sourceResourceId\" selects what is restored "
          "and is not allowed in \"extraProperties\"; set it in \"restore\" itself"),
  };
}

class SpoiledJobFile : public testing::TestWithParam<SpoiledFile> {};

TEST_P(SpoiledJobFile, IsRefusedWithOneSentenceAndItsPosition) {
  EXPECT_EQ(faults_of(GetParam().text), std::vector<std::string>{GetParam().fault});
}

const auto name_of = [](const auto& row) { return row.param.name; };

INSTANTIATE_TEST_SUITE_P(Members, SpoiledJobFile, testing::ValuesIn(members()), name_of);
INSTANTIATE_TEST_SUITE_P(VaultsAndMachines, SpoiledJobFile, testing::ValuesIn(vaults_and_machines()), name_of);
INSTANTIATE_TEST_SUITE_P(RecoveryPoints, SpoiledJobFile, testing::ValuesIn(recovery_points()), name_of);
INSTANTIATE_TEST_SUITE_P(Types, SpoiledJobFile, testing::ValuesIn(types()), name_of);
INSTANTIATE_TEST_SUITE_P(Properties, SpoiledJobFile, testing::ValuesIn(properties()), name_of);

TEST(JobFaults, ANewMachineNeedsEverythingThatDescribesIt) {
  const std::vector<std::string> expected = {
      "/restore/targetVirtualMachineId, line 5, column 14: \"targetVirtualMachineId\" is missing; "
      "AlternateLocation needs an ARM id like "
      "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}",
      "/restore/virtualNetworkId, line 5, column 14: \"virtualNetworkId\" is missing; AlternateLocation needs an ARM "
      "id like /subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{name}",
      "/restore/subnetId, line 5, column 14: \"subnetId\" is missing; AlternateLocation needs an ARM id like "
      "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{name}/subnets/{name}"};
  EXPECT_EQ(faults_of(alternate_location), expected);
}

TEST(JobFaults, AllFaultsAreReportedAtOnce) {
  const std::string text = R"({
  "nam": 1,
  "vault": 2,
  "recoveryPoint": {"tier": ["x"]},
  "validate": true,
  "restore": {"recoveryType": "x", "zones": 5}
})";
  EXPECT_EQ(faults_of(text).size(), 7U);
}

TEST(JobFaults, AHostileFileGetsABoundedNumberOfFaults) {
  std::string text = "{";
  for (int i = 0; i < 50000; ++i) text += "\"a" + std::to_string(i) + "\":1,";
  text += "\"name\":\"x\"}";
  EXPECT_EQ(faults_of(text).size(), max_faults);
}

TEST(JobFaults, AFileOverOneMebibyteIsRefusedUnread) {
  const std::string text(max_job_file_bytes + 1, ' ');
  EXPECT_EQ(faults_of(text), std::vector<std::string>{
                                 "the file is larger than 1048576 bytes (1 MiB); a job needs a few thousand: remove "
                                 "everything that is not part of it"});
}

TEST(JobFaults, CommentsAreNoPartOfAJobFile) {
  EXPECT_EQ(faults_of("{ // why\n}").size(), 1U);
}

}  // namespace
}  // namespace azrestored::test
