// Requested and reported: a difference in the backup job's report is found, nothing else is found, and a request that
// the report cannot confirm is named.
#include "core/restore/outcome_comparison.hpp"

#include "core/wire/events.hpp"

#include <gmock/gmock.h>

#include "core/azure/recovery_point.hpp"
#include "tests/support/job_file.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

const std::string sub = "/subscriptions/sub/resourceGroups/target-rg";
const std::string network = sub + "/providers/Microsoft.Network/virtualNetworks/net";

/// The small job with other properties; null removes one.
JobSpec job_of(const json& restore, const json& more = json::object()) {
  json file = json::parse(small_job);
  file["restore"].merge_patch(restore);
  file.update(more);
  return spec_of(file.dump());
}

JobSpec new_machine() {
  return job_of({{"recoveryType", "AlternateLocation"},
                 {"targetVirtualMachineId", sub + "/providers/Microsoft.Compute/virtualMachines/web02"},
                 {"virtualNetworkId", network},
                 {"subnetId", network + "/subnets/default"}});
}

JobSpec replacing() {
  return job_of({{"recoveryType", "OriginalLocation"}, {"targetResourceGroupId", nullptr}},
                {{"replaceDisksOf", "web01"}});
}

RecoveryPoint taken(std::string_view time) {
  return {"42", at(time), "AppConsistent", {"HardenedRP"}, true};
}
const RecoveryPoint point = taken("2025-05-08T08:38:46.867Z");

json disks_report() {
  return {{"Job Type", "Recover disks"},
          {"Target VM Name", "vmName"},
          {"Target Storage Account Name", "stage"},
          {"Recovery point time ", "5/8/2025 8:38:46 AM"},
          {"Target resource group", "target-rg"},
          {"Restored disk(s)", "web01_OsDisk_1; data-0; data-1"}};
}
json new_machine_report() {
  return {{"Job Type", "Recover VM to an alternate location"},
          {"Original VM Name", "web01"},
          {"Target VM Name", "web02"},
          {"Target VNet Name", "Group target-rg net"},
          {"Target Storage Account Name", "stage"},
          {"Recovery point time ", "5/8/2025 8:38:46 AM"},
          {"Target resource group", "target-rg"}};
}
json replaced_report() {
  return {{"Job Type", "Replace disks"},
          {"Target VM Name", "web01"},
          {"Target Storage Account Name", "stage"},
          {"Recovery point time ", "5/8/2025 8:38:46 AM"},
          {"Target resource group", "vm-rg"}};
}

/// As the codec reads it from the details of a finished job.
json outcome_of(const json& report) {
  const json body = {{"name", azure_job_id},
                     {"properties", {{"status", "Completed"}, {"extendedInfo", {{"propertyBag", report}}}}}};
  return *as<JobRead>(read_job(answer(200, body), now)).outcome;
}

OutcomeComparison compared(const JobSpec& spec, json report, const json& changes = json::object(),
                           const RecoveryPoint& of = point) {
  report.update(changes);
  return compare_outcome(spec, of, outcome_of(report));
}

TEST(Findings, DisksThatCameAsAskedHaveNone) {
  const OutcomeComparison result = compared(job_of({{"restoreDiskLunList", {0, 2}}}), disks_report());
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.unchecked, IsEmpty());
}

TEST(Findings, ANewMachineThatCameAsAskedHasNone) {
  const OutcomeComparison result = compared(new_machine(), new_machine_report());
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.unchecked, UnorderedElementsAre("restored disks", "subnetId"));
}

TEST(Findings, ReplacedDisksThatCameAsAskedHaveNone) {
  const OutcomeComparison result = compared(replacing(), replaced_report());
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.unchecked, ElementsAre("restored disks"));
}

TEST(Findings, NamesCompareWithoutCase) {
  EXPECT_THAT(compared(new_machine(), new_machine_report(),
                       {{"Target VM Name", "WEB02"},
                        {"Target VNet Name", "Group TARGET-RG Net"},
                        {"Target Storage Account Name", "Stage"},
                        {"Target resource group", "TARGET-rg"}})
                  .findings,
              IsEmpty());
}

struct Difference {
  std::string key;
  json value;
  std::string finding;
};

TEST(Findings, EachDifferenceIsFound) {
  const std::vector<Difference> rows = {
      {"Target Storage Account Name", "other", "requested storage account stage, but Azure reports other"},
      {"Target resource group", "vm-rg", "requested resource group target-rg, but Azure reports vm-rg"},
      {"Target VM Name", "web03", "requested VM web02, but Azure reports web03"},
      {"Target VNet Name", "Group target-rg net2", "requested network target-rg net, but Azure reports target-rg net2"},
      {"Target VNet Name", "Group vm-rg net", "requested network target-rg net, but Azure reports vm-rg net"},
      {"Recovery point time ", "5/8/2025 8:38:48 AM",
       "requested the recovery point of 2025-05-08T08:38:46Z, but Azure reports 2025-05-08T08:38:48Z"},
      {"Recovery point time ", "5/8/2025 8:38:46 PM",
       "requested the recovery point of 2025-05-08T08:38:46Z, but Azure reports 2025-05-08T20:38:46Z"},
      {"Job Type", "Recover disks", "requested recovery type AlternateLocation, but Azure reports RestoreDisks"},
  };
  for (const Difference& row : rows) {
    EXPECT_THAT(compared(new_machine(), new_machine_report(), {{row.key, row.value}}).findings,
                ElementsAre(row.finding));
  }
}

TEST(Findings, TheReplacedMachineIsTheOneOfTheJob) {
  EXPECT_THAT(compared(replacing(), replaced_report(), {{"Target VM Name", "web09"}}).findings,
              ElementsAre("requested VM web01, but Azure reports web09"));
}

TEST(Findings, SeveralDifferencesAreAllFound) {
  EXPECT_THAT(compared(job_of({{"restoreDiskLunList", {0, 2}}}), disks_report(),
                       {{"Target Storage Account Name", "a"}, {"Target resource group", "b"}})
                  .findings,
              testing::SizeIs(2));
}

TEST(Findings, AnIdentitysStagingAccountIsComparedAsWell) {
  const json by_identity = {{"storageAccountId", nullptr},
                            {"identityInfo", {{"isSystemAssignedIdentity", true}}},
                            {"identityBasedRestoreDetails",
                             {{"targetStorageAccountId", sub + "/providers/Microsoft.Storage/storageAccounts/stage"}}}};
  const OutcomeComparison good = compared(job_of(by_identity), disks_report());
  EXPECT_THAT(good.findings, IsEmpty());
  EXPECT_THAT(good.unchecked, Contains("identityInfo"));
  EXPECT_THAT(compared(job_of(by_identity), disks_report(), {{"Target Storage Account Name", "other"}}).findings,
              ElementsAre("requested storage account stage, but Azure reports other"));
}

// ── disks ──

struct DiskRow {
  json luns;  // "absent" for none
  std::optional<int> included;
  std::string reported;
  std::string finding;  // "" for none
};

TEST(Findings, TheDisksAreCounted) {
  const std::vector<DiskRow> rows = {
      {json::array(), std::nullopt, "os", ""},
      {json::array(), std::nullopt, "os; data-0", "requested 1 disk, but Azure reports 2 disks: os; data-0"},
      {{0}, std::nullopt, "os; data-0", ""},
      {{0}, std::nullopt, "os,data-0", ""},
      {{0, 2}, std::nullopt, "os", "requested 3 disks, but Azure reports 1 disk: os"},
      {{0, 2}, 5, "os; a; b", ""},
      {"absent", 3, "os; a; b", ""},
      {"absent", 3, "os; a", "requested 3 disks, but Azure reports 2 disks: os; a"},
      {"absent", std::nullopt, "os; a", ""},
  };
  for (const DiskRow& row : rows) {
    RecoveryPoint of = point;
    of.disks_included = row.included;
    const JobSpec spec = row.luns == "absent" ? job_of(json::object()) : job_of({{"restoreDiskLunList", row.luns}});
    const OutcomeComparison result = compared(spec, disks_report(), {{"Restored disk(s)", row.reported}}, of);
    const std::vector<std::string> expected =
        row.finding.empty() ? std::vector<std::string>{} : std::vector<std::string>{row.finding};
    EXPECT_EQ(result.findings, expected) << row.luns << " and " << row.reported;
  }
}

// ── times ──

TEST(Findings, ATimeIsTheSameWhenTheSecondIsCutOffOrRounded) {
  for (const char* reported : {"5/8/2025 8:38:46 AM", "5/8/2025 8:38:47 AM"}) {
    EXPECT_THAT(compared(new_machine(), new_machine_report(), {{"Recovery point time ", reported}}).findings, IsEmpty())
        << reported;
  }
  EXPECT_THAT(compared(new_machine(), new_machine_report(), json::object(), taken("2025-05-08T08:38:46Z")).findings,
              IsEmpty());
  EXPECT_THAT(compared(new_machine(), new_machine_report(), json::object(), taken("2025-05-08T08:38:45Z")).findings,
              testing::SizeIs(1));
}

// ── what cannot be compared ──

TEST(Findings, WhatIsMissingOrOddIsUncheckedAndNoFinding) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"Target Storage Account Name", "storageAccountId"}, {"Target resource group", "targetResourceGroupId"},
      {"Target VM Name", "targetVirtualMachineId"},        {"Target VNet Name", "virtualNetworkId"},
      {"Recovery point time ", "recoveryPoint"},           {"Job Type", "recoveryType"}};
  for (const auto& [key, name] : rows) {
    json missing = new_machine_report();
    missing.erase(key);
    json empty = new_machine_report();
    empty[key] = nullptr;
    for (const json& report : {missing, empty}) {
      const OutcomeComparison result = compared(new_machine(), report);
      EXPECT_THAT(result.findings, IsEmpty()) << key;
      EXPECT_THAT(result.unchecked, Contains(name)) << key;
    }
  }
}

TEST(Findings, OddTextsMakeNoFinding) {
  const OutcomeComparison result = compared(new_machine(), new_machine_report(),
                                            {{"Target VM Name", "vmName"},
                                             {"Target VNet Name", "net"},
                                             {"Recovery point time ", "yesterday"},
                                             {"Job Type", "Bring back the machine"},
                                             {"Restored disk(s)", " ; ,"}});
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.unchecked, UnorderedElementsAre("recoveryType", "targetVirtualMachineId", "virtualNetworkId",
                                                     "recoveryPoint", "restored disks", "subnetId"));
}

TEST(Findings, WithoutAReportNothingIsFound) {
  for (const json& outcome : {json(), json::object(), json{{"propertyBag", nullptr}}, json::array({1})}) {
    const OutcomeComparison result = compare_outcome(new_machine(), point, outcome);
    EXPECT_THAT(result.findings, IsEmpty());
    EXPECT_THAT(result.unchecked, testing::SizeIs(8));
  }
}

TEST(Findings, TheServicesOwnWordForTheTypeGoesBeforeItsText) {
  json outcome = outcome_of(disks_report());
  outcome["internalPropertyBag"] = {{"restoreLocationType", "OriginalLocation"}};
  EXPECT_THAT(compare_outcome(job_of(json::object()), point, outcome).findings,
              ElementsAre("requested recovery type RestoreDisks, but Azure reports OriginalLocation"));
}

TEST(Findings, ARequestThatTheReportNeverConfirmsIsNamed) {
  const JobSpec spec =
      job_of({{"zones", {"1"}},
              {"diskEncryptionSetId", sub + "/providers/Microsoft.Compute/diskEncryptionSets/keys"},
              {"targetDiskNetworkAccessSettings", {{"targetDiskNetworkAccessOption", "EnablePublicAccessForAllDisks"}}},
              {"extendedLocation", {{"name", "losangeles"}}},
              {"region", "westus"},
              {"affinityGroup", ""},
              {"encryptionDetails", {{"encryptionEnabled", false}}},
              {"originalStorageAccountOption", false},
              {"extraProperties", {{"brandNew", 1}}}});
  EXPECT_THAT(compared(spec, disks_report()).unchecked,
              UnorderedElementsAre("restored disks", "zones", "diskEncryptionSetId", "targetDiskNetworkAccessSettings",
                                   "extendedLocation", "region", "brandNew"));
}

TEST(Findings, AnotherRegionIsNamedOnce) {
  const OutcomeComparison result =
      compared(job_of({{"restoreDiskLunList", {0, 2}}}, {{"crossRegion", {{"region", "eastus"}}}}), disks_report());
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.unchecked, ElementsAre("crossRegion"));
}

TEST(Findings, RehydrationIsNamedIfItHappened) {
  const JobSpec spec = job_of(json::object(), {{"rehydration", {{"priority", "High"}}}});
  RecoveryPoint archived = point;
  archived.tiers = {"ArchivedRP"};
  EXPECT_THAT(compared(spec, disks_report(), json::object(), archived).unchecked, Contains("rehydration"));
  EXPECT_THAT(compared(spec, disks_report()).unchecked, Not(Contains("rehydration")));
}

TEST(Findings, HostileTextsAreMadeHarmless) {
  EXPECT_THAT(compared(new_machine(), new_machine_report(), {{"Target VM Name", "web\x1b[2J"}}).findings,
              ElementsAre(Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace azrestored::test
