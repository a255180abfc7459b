// The permissions of the state file are returned to clients and enforced for every call.
#include <gtest/gtest.h>

#include "permissions.hpp"
#include "simulation.hpp"

namespace azsim {
namespace {

VaultSpec vault_with(const std::vector<std::string>& actions, const std::vector<std::string>& not_actions = {}) {
  VaultSpec vault;
  vault.permissions = {{actions, not_actions}};
  return vault;
}

TEST(Permissions, AreNamedWithStarsAndWithoutCase) {
  const std::string jobs = "Microsoft.RecoveryServices/vaults/backupJobs/read";
  for (const char* pattern :
       {"*", "*/read", "microsoft.recoveryservices/VAULTS/backupJobs/*", "Microsoft.RecoveryServices/*/backupJobs/*",
        "Microsoft.RecoveryServices/vaults/backupJobs/read"})
    EXPECT_TRUE(permits(vault_with({pattern}), jobs)) << pattern;
  for (const char* pattern : {"", "*/write", "Microsoft.RecoveryServices/vaults", "*/backupJobs/*/read"})
    EXPECT_FALSE(permits(vault_with({pattern}), jobs)) << pattern;
  EXPECT_FALSE(permits(vault_with({"*"}, {"*/backupJobs/*"}), jobs));
}

TEST(Permissions, WithoutAnyInTheStateEverythingIsAllowedAndReportedSo) {
  Simulation sim;
  const Json returned = sim.get_json(vault + "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01");
  ASSERT_EQ(returned["value"].size(), 1U);
  EXPECT_EQ(returned["value"][0]["actions"], Json::parse(R"(["*"])"));
  EXPECT_EQ(returned["value"][0]["notActions"], Json::array());
  EXPECT_EQ(sim.get(vault + "/backupJobs" + version).status, 200U);
}

TEST(Permissions, WhatTheyDoNotGiveIsRefused) {
  Json state = state_json();
  state["vaults"][0]["permissions"] = {{{"actions", {"*/read"}}, {"notActions", {"*/backupJobs/read"}}}};
  Simulation sim = Simulation::over(state);
  EXPECT_EQ(sim.get(vault + version).status, 200U);
  const Response jobs = sim.get(vault + "/backupJobs" + version);
  EXPECT_EQ(jobs.status, 403U);
  EXPECT_EQ(code_of(jobs), "AuthorizationFailed");
  EXPECT_NE(jobs.body.find("Microsoft.RecoveryServices/vaults/backupJobs/read"), std::string::npos) << jobs.body;
  const Response restore = sim.restore(disks_order());
  EXPECT_EQ(restore.status, 403U);
  EXPECT_NE(restore.body.find("recoveryPoints/restore/action"), std::string::npos) << restore.body;
}

}  // namespace
}  // namespace azsim
