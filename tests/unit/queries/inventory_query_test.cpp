// A question about a vault uses the words of a job file. A refusal says what was expected.
#include <gtest/gtest.h>

#include "core/jobfile/point_rule.hpp"
#include "core/queries/inventory.hpp"

namespace azrestored::test {
namespace {

using Members = std::map<std::string, std::string>;

const std::string vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";
const std::string vm = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web01";

std::string complaint(const Members& members) {
  const auto question = read_points_question(members);
  return question ? "taken" : question.error().sentence();
}

TEST(InventoryQuestionTest, AVmIsNamedInThreeWays) {
  EXPECT_EQ(std::get<VmByName>(read_points_question({{"vault", vault}, {"vm", "web01"}})->vm).name, "web01");
  EXPECT_EQ(std::get<VmByGroup>(read_points_question({{"vault", vault}, {"vm", "g/web01"}})->vm).name, "web01");
  EXPECT_EQ(std::get<VmById>(read_points_question({{"vault", vault}, {"vm", vm}})->vm).id.text, vm);
}

TEST(InventoryQuestionTest, WithoutAFilterTheRuleIsTheLatest) {
  const auto question = read_points_question({{"vault", vault}, {"vm", "web01"}});
  EXPECT_TRUE(std::holds_alternative<LatestPoint>(question->rule));
}

TEST(InventoryQuestionTest, FiltersAreThoseOfAJobFile) {
  const auto question = read_points_question({{"vault", vault},
                                              {"vm", "web01"},
                                              {"after", "2026-11-01T00:00:00Z"},
                                              {"before", "2026-11-20T00:00:00+01:00"},
                                              {"consistency", "appconsistent,CrashConsistent"}});
  ASSERT_TRUE(question) << question.error().sentence();
  const auto& filter = std::get<PointFilter>(question->rule);
  EXPECT_EQ(to_rfc3339(*filter.before), "2026-11-19T23:00:00Z");
  EXPECT_EQ(filter.consistency, (std::vector<std::string>{"AppConsistent", "CrashConsistent"}));
}

TEST(InventoryQuestionTest, AllFaultsAreReportedAtOnce) {
  const std::string faults = complaint({{"vm", "a/b/c"}, {"tier", "Cold"}, {"colour", "red"}});
  for (const char* part : {"vault: missing; expected the vault's ARM id", "vm: found \"a/b/c\"; expected the VM's name",
                           "InstantRP", "there is no parameter \"colour\""}) {
    EXPECT_NE(faults.find(part), std::string::npos) << part << " is not in: " << faults;
  }
}

TEST(InventoryQuestionTest, NamesThatCouldSteerAUrlAreRefused) {
  for (const char* name : {"web01?x=1", "..", "g/..", "web\x01"}) {
    EXPECT_NE(complaint({{"vault", vault}, {"vm", name}}), "taken") << name;
  }
  EXPECT_FALSE(read_vault_question({{"vault", vault + "?api-version=1"}}));
}

}  // namespace
}  // namespace azrestored::test
