// Goal: after a restore an operator gets the commands that follow, ready for a shell, and learns what an unsuccessful
// restore left in Azure. Whatever Azure reports is quoted, or gives no command.
#include "core/view/commands.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/view/explain.hpp"
#include "core/view/job_view.hpp"
#include "core/view/left_behind.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

constexpr const char* uri = "https://staging.blob.core.windows.net/web01-0a1b/azuredeploy1234.json";

Job ended(State state, json bag, json tasks = json::array(), const std::string& type = "RestoreDisks") {
  Job job = job_in(std::move(state));
  job.recovery_type = type;
  job.target_group = "/subscriptions/other-sub/resourcegroups/restored";
  job.progress.outcome =
      std::make_shared<const json>(json{{"propertyBag", std::move(bag)}, {"tasks", std::move(tasks)}});
  return job;
}

Job disks_restored(const std::string& template_uri = uri) {
  return ended(Succeeded{}, {{"Template Blob Uri", template_uri}, {"Target resource group", "Restored"}});
}

json transfer(const char* status) {
  return json::array({{{"task", "Transfer data from vault"}, {"status", status}},
                      {{"task", "Create the restored virtual machine"}, {"status", "Failed"}}});
}

TEST(CommandsTest, RestoredDisksBecomeAVmWithTheTemplate) {
  const json commands = commands_view(disks_restored());
  ASSERT_EQ(commands.size(), 1U) << commands.dump(2);
  EXPECT_EQ(
      commands.at(0).at("lines"),
      json::array({"sas=$(az storage blob generate-sas --account-name staging --container-name web01-0a1b --name "
                   "azuredeploy1234.json --permissions r --https-only --expiry \"$(date -u -d '1 hour' "
                   "+%Y-%m-%dT%H:%MZ)\" --output tsv)",
                   "az deployment group create --resource-group Restored --subscription other-sub --template-uri "
                   "https://staging.blob.core.windows.net/web01-0a1b/azuredeploy1234.json --query-string \"$sas\""}));
  EXPECT_EQ(explain(disks_restored(), {}, now).at("commands"), commands);
  EXPECT_EQ(job_details(disks_restored(), {}).at("commands"), commands);
}

TEST(CommandsTest, ItIsSaidThatDisksAreNoVm) {
  EXPECT_NE(why_of(disks_restored()).find("no VM was created"), std::string::npos) << why_of(disks_restored());
  EXPECT_NE(choices_of(disks_restored()).front().find("create a VM from the restored disks"), std::string::npos);
}

TEST(CommandsTest, ATemplateThatIsSignedAlreadyNeedsNoSignature) {
  const json commands = commands_view(disks_restored("https://a.blob.core.windows.net/c/t.json?sv=1&sig=x"));
  EXPECT_EQ(commands.at(0).at("lines"),
            json::array({"az deployment group create --resource-group Restored --subscription other-sub --template-uri "
                         "'https://a.blob.core.windows.net/c/t.json?sv=1&sig=x'"}));
}

TEST(CommandsTest, AnotherResultHasNoTemplate) {
  EXPECT_TRUE(commands_view(job_in(Succeeded{})).empty()) << "nothing was reported";
  EXPECT_TRUE(commands_view(ended(Succeeded{}, {{"Template Blob Uri", uri}}, {}, "AlternateLocation")).empty());
  EXPECT_TRUE(commands_view(ended(old_tracking(), {{"Template Blob Uri", uri}})).empty());
  EXPECT_TRUE(commands_view(disks_restored("http://a.blob.core.windows.net/c/t.json")).empty());
  EXPECT_TRUE(commands_view(disks_restored("https://a.blob.core.windows.net/c/\n rm -rf /")).empty());
}

TEST(CommandsTest, WhatAzureReportsCannotRunInTheShell) {
  EXPECT_EQ(shell_word("plain-name_1.json"), "plain-name_1.json");
  EXPECT_EQ(shell_word("two words"), "'two words'");
  EXPECT_EQ(shell_word("a$(reboot)"), "'a$(reboot)'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_FALSE(shell_word(""));
  EXPECT_FALSE(shell_word("--debug"));
  EXPECT_FALSE(shell_word("a\nb"));
  const json commands =
      commands_view(ended(Succeeded{}, {{"Template Blob Uri", uri}, {"Target resource group", "x; reboot"}}));
  EXPECT_NE(commands.at(0).at("lines").at(1).get<std::string>().find("--resource-group 'x; reboot' "),
            std::string::npos);
}

TEST(LeftBehindTest, DisksThatAzureNamesAreNamed) {
  const auto sentences =
      left_behind_of(ended(Failed{}, {{"Restored disk(s)", "web01-os; web01-data"}, {"Target VM Name", "web01-drill"}},
                           transfer("Completed"), "AlternateLocation"));
  ASSERT_EQ(sentences.size(), 2U);
  EXPECT_EQ(sentences.at(0),
            "Azure reports these restored disks, which stay in resource group restored: web01-os; web01-data");
  EXPECT_EQ(sentences.at(1),
            "a retry restores all disks once more and leaves these where they are; then it creates VM web01-drill, "
            "whose name must not be in use by then: delete what is left first, or create a VM from these disks instead "
            "of a retry");
}

TEST(LeftBehindTest, ACompletedTransferLeavesDisksThatAreNotNamed) {
  const Job job = ended(Failed{}, json::object(), transfer("Completed"), "AlternateLocation");
  EXPECT_NE(left_behind_of(job).at(0).find("\"Transfer data from vault\""), std::string::npos);
  EXPECT_NE(left_behind_of(job).at(1).find("VM of the job file"), std::string::npos);
  EXPECT_EQ(commands_view(job).at(0).at("lines"),
            json::array(
                {"az disk list --resource-group restored --subscription other-sub --query "
                 "\"[?diskState=='Unattached' && timeCreated>='2026-11-20T09:50:00'].{name:name, created:timeCreated, "
                 "id:id}\" --output table"}));
}

TEST(LeftBehindTest, OtherKindsOfRestoresLeaveDisksAsWell) {
  const Job replaced = ended(Failed{}, json::object(), transfer("InProgress"), "OriginalLocation");
  EXPECT_NE(left_behind_of(replaced).at(0).find("does not report which disks"), std::string::npos);
  EXPECT_NE(left_behind_of(replaced).at(1).find("replaces the disks of VM web01"), std::string::npos);
  const Job cancelled = ended(Cancelled{}, json::object());
  EXPECT_EQ(left_behind_of(cancelled).size(), 2U);
}

TEST(LeftBehindTest, AJobWithoutABackupJobOrWithARestoreThatRunsLeavesNothing) {
  Job refused = ended(Failed{}, json::object());
  refused.progress.azure_job_id.clear();
  EXPECT_TRUE(left_behind_of(refused).empty());
  EXPECT_TRUE(commands_view(refused).empty());
  EXPECT_TRUE(left_behind_of(job_in(old_tracking())).empty());
  EXPECT_TRUE(left_behind_of(job_in(Held{true})).empty());
  EXPECT_TRUE(left_behind_of(disks_restored()).empty());
}

}  // namespace
}  // namespace azrestored::test
