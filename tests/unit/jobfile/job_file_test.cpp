// How a correct job file is read. job_faults_test.cpp tests the faults.
#include "core/jobfile/spec.hpp"

#include "core/job/event.hpp"
#include "core/job/job_id.hpp"
#include "core/jobfile/intake.hpp"
#include "core/jobfile/point_rule.hpp"
#include "tests/support/job_file.hpp"

namespace azrestored::test {
namespace {

constexpr std::string_view vm_id =
    "/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web01";

constexpr std::string_view item = R"("protectedItem": {"container": "IaasVMContainer;iaasvmcontainerv2;vm-rg;web01",)"
                                  R"( "item": "VM;iaasvmcontainerv2;vm-rg;web01"})";

std::string with_vm(std::string_view to) {
  return edited(small_job, "\"virtualMachine\": \"" + std::string(vm_id) + "\"", to);
}

template <class Rule>
Rule rule_of(std::string_view point) {
  const auto spec = spec_of(with_members("\"recoveryPoint\": " + std::string(point)));
  const auto* rule = std::get_if<Rule>(&spec.point);
  EXPECT_NE(rule, nullptr);
  return rule == nullptr ? Rule{} : *rule;
}

TEST(JobSpec, TheSmallestFileMeansTheLatestPoint) {
  const JobSpec spec = spec_of(small_job);
  EXPECT_EQ(spec.name, "drill");
  EXPECT_EQ(spec.vault.arm_id(),
            "/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe");
  EXPECT_EQ(std::get<VmById>(spec.vm).id.text, vm_id);
  EXPECT_EQ(spec.vm_name(), "web01");
  EXPECT_TRUE(std::holds_alternative<LatestPoint>(spec.point));
  EXPECT_EQ(spec.type, RecoveryType::RestoreDisks);
  EXPECT_EQ(spec.region, std::nullopt);
}

TEST(JobSpec, APriorityIsReadAndZeroWithoutOne) {
  EXPECT_EQ(spec_of(small_job).priority, 0);
  for (const int priority : {-100, -1, 0, 1, 100}) {
    EXPECT_EQ(spec_of(with_members("\"priority\": " + std::to_string(priority))).priority, priority);
  }
}

Job job_of(std::string_view text) {
  return new_job(spec_of(text), std::string(text), Submission{}).added.job;
}

TEST(JobSpec, WhatAJobCountsAgainstIsTakenFromItsFileInLowerCase) {
  const Job job = job_of(edited(with_members("\"priority\": 7"), "target-rg", "Target-RG"));
  EXPECT_EQ(job.priority, 7);
  EXPECT_EQ(job.storage_account,
            "/subscriptions/sub/resourcegroups/vm-rg/providers/microsoft.storage/storageaccounts/stage");
  EXPECT_EQ(job.target_group, "/subscriptions/sub/resourcegroups/target-rg");
}

TEST(JobSpec, AnAccountReachedByAnIdentityCountsLikeAnother) {
  const std::string by_identity =
      R"("identityInfo": {"isSystemAssignedIdentity": true}, "identityBasedRestoreDetails": {"targetStorageAccountId": )"
      R"("/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Storage/storageAccounts/stage"})";
  const std::string account =
      "\"storageAccountId\": "
      "\"/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Storage/storageAccounts/stage\"";
  EXPECT_EQ(job_of(edited(small_job, account, by_identity)).storage_account, job_of(small_job).storage_account);
}

TEST(JobSpec, DisksWithoutATargetGroupCountAgainstNone) {
  const std::string target = ",\n    \"targetResourceGroupId\": \"/subscriptions/sub/resourceGroups/target-rg\"";
  EXPECT_EQ(job_of(edited(small_job, target, "")).target_group, "");
}

TEST(JobSpec, DisksThatAreReplacedGoIntoTheGroupOfTheirMachine) {
  const std::string target = ",\n    \"targetResourceGroupId\": \"/subscriptions/sub/resourceGroups/target-rg\"";
  const auto replaced_in = [&](std::string_view vm) {
    const std::string type = edited(edited(small_job, target, ""), "\"RestoreDisks\"", "\"OriginalLocation\"");
    const std::string named = edited(type, "  \"restore\"", "  \"replaceDisksOf\": \"web01\",\n  \"restore\"");
    return job_of(edited(named, "\"virtualMachine\": \"" + std::string(vm_id) + "\"", vm)).target_group;
  };
  EXPECT_EQ(replaced_in("\"virtualMachine\": \"" + std::string(vm_id) + "\""),
            "/subscriptions/sub/resourcegroups/vm-rg");
  EXPECT_EQ(replaced_in(R"("virtualMachine": {"resourceGroup": "Other-RG", "name": "web01"})"),
            "/subscriptions/sub/resourcegroups/other-rg");
  EXPECT_EQ(replaced_in(item), "/subscriptions/sub/resourcegroups/vm-rg");
  EXPECT_EQ(replaced_in(R"("virtualMachine": "web01")"), "") << "the file does not say";
}

TEST(JobSpec, AVaultMayBeGivenByItsParts) {
  const auto text = edited(
      small_job, "\"/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe\"",
      R"({"subscriptionId": "sub", "resourceGroup": "vault-rg", "name": "safe"})");
  EXPECT_EQ(spec_of(text).vault.key(), spec_of(small_job).vault.key());
}

TEST(JobSpec, AMachineMayBeGivenByGroupAndName) {
  const JobSpec spec = spec_of(with_vm(R"("virtualMachine": {"resourceGroup": "vm-rg", "name": "web01"})"));
  EXPECT_EQ(std::get<VmByGroup>(spec.vm).resource_group, "vm-rg");
  EXPECT_EQ(spec.vm_name(), "web01");
}

TEST(JobSpec, AMachineMayBeGivenByItsNameAlone) {
  EXPECT_EQ(std::get<VmByName>(spec_of(with_vm(R"("virtualMachine": "web01")")).vm).name, "web01");
}

TEST(JobSpec, AnItemsContainerNamesItsMachine) {
  const JobSpec spec = spec_of(with_vm(item));
  const auto& by_item = std::get<ItemByName>(spec.vm);
  EXPECT_EQ(by_item.item, "VM;iaasvmcontainerv2;vm-rg;web01");
  EXPECT_EQ(by_item.source_resource_id, vm_id);
  EXPECT_EQ(spec.vm_name(), "web01");
}

TEST(JobSpec, AnItemsMachineMayBeGivenBesideIt) {
  constexpr std::string_view other = "/subscriptions/x/resourceGroups/y/providers/Microsoft.Compute/virtualMachines/z";
  const auto text = with_vm("\"virtualMachine\": \"" + std::string(other) + "\", " + std::string(item));
  EXPECT_EQ(std::get<ItemByName>(spec_of(text).vm).source_resource_id, other);
}

TEST(JobSpec, AnItemsMachineMayBeGivenAsTheRequestsSource) {
  constexpr std::string_view odd = R"("protectedItem": {"container": "odd", "item": "odder"})";
  const auto text = edited(with_vm(odd), "\"recoveryType\"",
                           "\"sourceResourceId\": \"" + std::string(vm_id) + "\", \"recoveryType\"");
  EXPECT_EQ(std::get<ItemByName>(spec_of(text).vm).source_resource_id, vm_id);
}

TEST(JobSpec, ASourceInOtherLettersIsTheSameMachine) {
  const auto text = with_properties(
      "\"sourceResourceId\": "
      "\"/Subscriptions/SUB/resourcegroups/VM-RG/providers/microsoft.compute/virtualmachines/WEB01\"");
  EXPECT_EQ(spec_of(text).vm_name(), "web01");
}

TEST(JobSpec, ASourceIsTheMachineHoweverThatIsNamed) {
  const auto with_source = [](std::string_view machine, std::string_view source) {
    return edited(with_vm("\"virtualMachine\": " + std::string(machine)), "\"recoveryType\"",
                  "\"sourceResourceId\": \"" + std::string(source) + "\", \"recoveryType\"");
  };
  constexpr std::string_view other =
      "/subscriptions/sub/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web01";
  for (const char* machine : {R"({"resourceGroup": "VM-RG", "name": "WEB01"})", R"("WEB01")"}) {
    EXPECT_EQ(spec_of(with_source(machine, vm_id)).vm_name(), "WEB01") << machine;
  }
  EXPECT_FALSE(faults_of(with_source(R"({"resourceGroup": "vm-rg", "name": "web01"})", other)).empty());
  EXPECT_TRUE(faults_of(with_source(R"("web01")", other)).empty()) << "a bare name may be in any group";
}

TEST(JobSpec, BlanksAndInvisibleCharactersAroundIdsAreTakenOff) {
  for (const std::string pasted :
       {" ", "\\t", "\\r", "\\r\\n", "\\u00a0", "\\u200b", "\\ufeff", "\\u202c", "\xC2\xA0 \\u200f"}) {
    std::string text(small_job);
    for (const std::string_view end : {"/vaults/safe", "/web01", "/stage", "/target-rg"})
      text = edited(text, std::string(end) + "\"", std::string(end) + pasted + "\"");
    text = edited(text, "\"/subscriptions", "\"" + pasted + "/subscriptions");
    const JobSpec spec = spec_of(text);
    EXPECT_EQ(spec.vault.name, "safe") << pasted;
    EXPECT_EQ(std::get<VmById>(spec.vm).id.text, vm_id) << pasted;
    EXPECT_TRUE(spec.storage_account().ends_with("/stage")) << pasted;
    EXPECT_TRUE(spec.target_group().ends_with("/target-rg")) << pasted;
    EXPECT_EQ(spec_of(with_vm("\"virtualMachine\": \"web01" + pasted + "\"")).vm_name(), "web01") << pasted;
  }
}

TEST(JobSpec, APercentEncodedIdIsDecodedOnce) {
  const std::string encoded =
      "\"virtualMachine\": \"/subscriptions/sub/resourceGroups/B%C3%BCro%5f1/providers/Microsoft.Compute/"
      "virtualMachines/web01%20\"";
  const JobSpec spec = spec_of(with_vm(encoded));
  EXPECT_EQ(std::get<VmById>(spec.vm).id.resource_group, "B\xC3\xBCro_1");
  EXPECT_EQ(spec.vm_name(), "web01");
  EXPECT_EQ(spec_of(with_vm(R"("virtualMachine": {"resourceGroup": "B%C3%BCro", "name": "web01"})")).target_group(),
            spec_of(small_job).target_group());
}

TEST(JobSpec, ExtraPropertiesKeepEveryCharacter) {
  const JobSpec spec =
      spec_of(edited(small_job, "\"recoveryType\"", "\"extraProperties\": {\"a\": \" %41 \"}, \"recoveryType\""));
  EXPECT_EQ(spec.restore.at("a"), " %41 ");
}

TEST(JobSpec, ANumberWithAFractionIsPassedThroughAsItIs) {
  const JobSpec spec = spec_of(with_properties(R"("extraProperties": {"newOption": 2.5})"));
  EXPECT_EQ(spec.restore.at("newOption"), 2.5);
}

TEST(JobSpec, APointMayBeGivenByItsId) {
  EXPECT_EQ(rule_of<PointById>("\"520981742781621\"").id, "520981742781621");
}

TEST(JobSpec, APointMayBeCalledLatest) {
  rule_of<LatestPoint>("\"latest\"");
}

TEST(JobSpec, APointMayBeDescribed) {
  const auto rule = rule_of<PointFilter>(R"({"before": "2026-11-20T01:00:00+01:00", "after": "2026-11-01T00:00:00Z",
      "consistency": ["appconsistent", "AppConsistent"], "tier": ["instantrp", "HardenedRP"], "notOlderThan": "36h"})");
  EXPECT_EQ(to_rfc3339(rule.before.value()), "2026-11-20T00:00:00Z");
  EXPECT_EQ(to_rfc3339(rule.after.value()), "2026-11-01T00:00:00Z");
  EXPECT_EQ(rule.consistency, std::vector<std::string>{"AppConsistent"});
  EXPECT_EQ(rule.tier, (std::vector<std::string>{"InstantRP", "HardenedRP"}));
  EXPECT_EQ(rule.not_older_than, std::chrono::hours(36));
}

TEST(JobSpec, TheServiceValidatesUnlessSaidOtherwise) {
  EXPECT_EQ(spec_of(small_job).validation, Validation::service);
  for (const Validation validation : {Validation::none, Validation::local, Validation::service}) {
    const std::string word(to_text(validation));
    EXPECT_EQ(spec_of(with_members("\"validate\": \"" + word + "\"")).validation, validation) << word;
  }
}

TEST(JobSpec, AnotherRegionIsTheRegionOfTheRestore) {
  const JobSpec spec = spec_of(with_members(R"("crossRegion": {"region": "westus"})"));
  EXPECT_EQ(spec.cross_region, "westus");
  EXPECT_EQ(spec.region, "westus");
  EXPECT_EQ(spec.restore["region"], "westus");
  EXPECT_EQ(spec.validation, Validation::local) << "the service validates no cross-region restore";
}

TEST(JobSpec, TheSameRegionInOtherLettersIsNoContradiction) {
  const auto text = edited(with_members(R"("crossRegion": {"region": "westus"})"), "\"recoveryType\"",
                           R"("region": "West US", "recoveryType")");
  EXPECT_EQ(spec_of(text).restore["region"], "westus");
}

TEST(JobSpec, WithoutTheChoicesNothingIsChosen) {
  const JobSpec spec = spec_of(small_job);
  EXPECT_EQ(spec.cross_region, std::nullopt);
  EXPECT_FALSE(spec.rehydration);
  EXPECT_EQ(spec.auth, "");
  EXPECT_EQ(spec.guard_auth, "");
}

TEST(JobSpec, RehydrationHasPriorityAndRetention) {
  const auto given = spec_of(with_members(R"("rehydration": {"priority": "High", "retention": "P30D"})")).rehydration;
  ASSERT_TRUE(given);
  EXPECT_EQ(given->priority, "High");
  EXPECT_EQ(given->retention, "P30D");
  EXPECT_EQ(spec_of(with_members(R"("rehydration": {"priority": "Standard"})")).rehydration->retention, "P15D");
}

TEST(JobSpec, ProfilesMayBeNamed) {
  const JobSpec spec = spec_of(with_members(R"("auth": "prod", "guardAuth": "Security-team-2")"));
  EXPECT_EQ(spec.auth, "prod");
  EXPECT_EQ(spec.guard_auth, "Security-team-2");
}

TEST(JobSpec, TheRehydratingRequestTypeMayBeSpelledOut) {
  const auto text =
      with_properties(R"("objectType": "IaasVMRestoreWithRehydrationRequest", "recoveryPointRehydrationInfo": )"
                      R"({"rehydrationRetentionDuration": "P15D", "rehydrationPriority": "Standard"})");
  EXPECT_EQ(spec_of(text).restore["objectType"], "IaasVMRestoreWithRehydrationRequest");
}

TEST(JobSpec, ReplacingDisksNeedsTheMachinesNameWithoutRegardToCase) {
  const auto replacing =
      edited(with_members("\"replaceDisksOf\": \"WEB01\""), "\"RestoreDisks\"", "\"OriginalLocation\"");
  const auto text = edited(replacing, "\"/subscriptions/sub/resourceGroups/target-rg\"", "null");
  EXPECT_EQ(spec_of(text).type, RecoveryType::OriginalLocation);
}

TEST(JobSpec, ARegionOfNullIsNone) {
  const JobSpec spec = spec_of(with_properties("\"region\": null"));
  EXPECT_EQ(spec.region, std::nullopt);
  EXPECT_FALSE(spec.restore.contains("region"));
}

TEST(JobSpec, ARegionIsTaken) {
  EXPECT_EQ(spec_of(with_properties("\"region\": \"westus\"")).region, "westus");
}

TEST(JobSpec, AStoredFileIsReadAsItWas) {
  EXPECT_EQ(spec_of(small_job).restore, spec_of("\xEF\xBB\xBF" + std::string(small_job)).restore);
}

TEST(Intake, ANewJobIsQueuedAtItsSubmission) {
  Submission submission;
  submission.id = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";
  submission.file_name = "web01.json";
  submission.uid = 1000;
  submission.at = parse_rfc3339("2026-11-20T00:00:00Z").value();
  const auto [added, line] = new_job(spec_of(small_job), std::string(small_job), submission);
  EXPECT_EQ(added.spec, small_job);
  EXPECT_EQ(added.job.id, submission.id);
  EXPECT_EQ(added.job.name, "drill");
  EXPECT_EQ(added.job.vm, "web01");
  EXPECT_EQ(added.job.recovery_type, "RestoreDisks");
  EXPECT_EQ(added.job.submitter_uid, 1000);
  EXPECT_EQ(added.job.version, 0);
  EXPECT_TRUE(std::holds_alternative<Queued>(added.job.state));
  EXPECT_EQ(added.job.created_at, submission.at);
  EXPECT_EQ(added.job.since, submission.at);
  EXPECT_EQ(added.job.not_before, Instant{}) << "at once";
  EXPECT_EQ(line.at, submission.at);
  EXPECT_EQ(line.from, "");
  EXPECT_EQ(line.to, "queued");
  EXPECT_EQ(line.cause, "submitted");
  EXPECT_EQ(line.detail, "Accepted from \"web01.json\", owned by uid 1000.");
}

TEST(Intake, AJobFileAsksForOneJob) {
  Submission submission;
  submission.file_name = "web01.json";
  std::vector<Fault> faults;
  auto intake = read_intake(std::string(small_job), submission, faults);
  ASSERT_TRUE(intake);
  EXPECT_TRUE(faults.empty());
  const std::vector<NewEntry> entries = entries_of(std::move(*intake));
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries.front().added.spec, small_job);
  EXPECT_EQ(entries.front().added.job.name, "drill");
  EXPECT_EQ(entries.front().line.cause, "submitted");
}

TEST(Intake, AFileWithFaultsAsksForNothing) {
  std::vector<Fault> faults;
  EXPECT_FALSE(read_intake("{}", Submission{}, faults));
  EXPECT_FALSE(faults.empty());
}

std::string name_given_by(const std::string& file_name) {
  const auto nameless = edited(small_job, "  \"name\": \"drill\",\n", "");
  Submission submission;
  submission.file_name = file_name;
  return new_job(spec_of(nameless), nameless, submission).added.job.name;
}

TEST(Intake, AJobWithoutANameIsCalledLikeItsFile) {
  EXPECT_EQ(name_given_by("sunday drill.json"), "sunday drill");
  EXPECT_EQ(name_given_by("sunday.JSON"), "sunday");
  EXPECT_EQ(name_given_by("sunday"), "sunday");
}

TEST(Intake, AJobWhoseFileIsNamedByAnIdIsCalledLikeItsMachine) {
  EXPECT_EQ(name_given_by("0b1f6471-1bf0-4dda-aec3-cb9272f09590.json"), "web01");
}

TEST(Intake, AJobIdIsALowerCaseUuid) {
  EXPECT_TRUE(is_job_id("0b1f6471-1bf0-4dda-aec3-cb9272f09590"));
  EXPECT_FALSE(is_job_id("0B1F6471-1bf0-4dda-aec3-cb9272f09590"));
  EXPECT_FALSE(is_job_id("0b1f6471-1bf0-4dda-aec3-cb9272f0959"));
  EXPECT_FALSE(is_job_id("0b1f6471x1bf0-4dda-aec3-cb9272f09590"));
  EXPECT_FALSE(is_job_id("0b1f6471-1bf0-4dda-aec3-cb9272f0959g"));
  EXPECT_FALSE(is_job_id(""));
}

}  // namespace
}  // namespace azrestored::test
