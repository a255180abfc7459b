// What Azure's list of permissions allows: wildcards, exclusions, several roles.
#include "core/wire/permissions.hpp"

#include <gtest/gtest.h>

namespace azrestored {
namespace {

constexpr const char* jobs = "Microsoft.RecoveryServices/Vaults/backupJobs/read";

TEST(Permissions, AStarStandsForAnyCharactersAndCaseDoesNotCount) {
  for (const char* pattern :
       {"*", "*/read", "Microsoft.RecoveryServices/*", "microsoft.recoveryservices/vaults/BACKUPJOBS/read",
        "Microsoft.RecoveryServices/Vaults/backupJobs/*", "*Vaults*", "Microsoft.*/Vaults/*/read", "**",
        "*/*/*/read"}) {
    EXPECT_TRUE(names_action(pattern, jobs)) << pattern;
  }
  for (const char* pattern : {"", "read", "*/write", "Microsoft.RecoveryServices/Vaults",
                              "Microsoft.RecoveryServices/Vaults/*/*/read", "*/backupJobs", "?icrosoft*", jobs + 1}) {
    EXPECT_FALSE(names_action(pattern, jobs)) << pattern;
  }
}

TEST(Permissions, APatternOfManyStarsIsReadInNoTime) {
  std::string pattern;
  for (int i = 0; i < 2000; ++i) pattern += "*a";
  EXPECT_FALSE(names_action(pattern + "b", std::string(4000, 'a')));
}

TEST(Permissions, WhatARoleExcludesAnotherMayStillGive) {
  const Permission contributor{{"*"}, {"Microsoft.Authorization/*/Write", "*/backupJobs/*"}};
  const Permission reader{{"*/read"}, {}};
  EXPECT_FALSE(allows(std::vector{contributor}, jobs));
  EXPECT_TRUE(allows(std::vector{contributor, reader}, jobs));
  EXPECT_TRUE(allows(std::vector{contributor}, "Microsoft.RecoveryServices/Vaults/read"));
  EXPECT_FALSE(allows(std::vector{contributor, reader}, "Microsoft.Authorization/roleAssignments/write"));
  EXPECT_FALSE(allows({}, jobs));
}

TEST(Permissions, AreAskedForAtTheVaultAndRead) {
  const VaultId vault{"s", "g", "v"};
  EXPECT_EQ(list_permissions(ArmTarget{"https://arm", "2025-02-01"}, vault).url,
            "https://arm/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/providers/"
            "Microsoft.Authorization/permissions?api-version=2022-04-01");
  HttpResponse response;
  response.status = 200;
  response.body =
      R"({"value":[{"actions":["*/read",7],"notActions":null},{"notActions":["x"]}],"nextLink":"https://arm/2"})";
  const auto page = read_permissions(response);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->rows.size(), 2U);
  EXPECT_EQ(page->rows[0].actions.front(), "*/read");
  EXPECT_TRUE(page->rows[0].not_actions.empty());
  EXPECT_TRUE(page->rows[1].actions.empty());
  EXPECT_EQ(page->rows[1].not_actions.front(), "x");
  EXPECT_EQ(page->next, "https://arm/2");
  for (const char* odd : {"", "[]", R"({"value":{}})", R"({"value":null})"}) {
    response.body = odd;
    EXPECT_FALSE(read_permissions(response)) << odd;
  }
}

}  // namespace
}  // namespace azrestored
