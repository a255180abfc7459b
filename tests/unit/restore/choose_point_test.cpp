// Which recovery point a job takes, and the message if none fits.
#include "core/azure/recovery_point.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/jobfile/point_rule.hpp"
#include "core/restore/choose_point.hpp"
#include "core/restore/point_obstacles.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

RecoveryPoint point(std::string id, Millis age, std::string consistency = "AppConsistent",
                    std::vector<std::string> tiers = {"HardenedRP"}) {
  return {std::move(id), now - age, std::move(consistency), std::move(tiers), true};
}

/// Out of order, as Azure may list them.
const std::vector<RecoveryPoint> points = {
    point("three-days", 72h, "AppConsistent", {"HardenedRP"}),
    point("one-day", 24h, "CrashConsistent", {"InstantRP", "HardenedRP"}),
    point("month", 720h, "AppConsistent", {"ArchivedRP"}),
    point("two-days", 48h, "FileSystemConsistent", {"InstantRP"}),
};

std::string chosen(const PointFilter& filter, const std::vector<RecoveryPoint>& from = points) {
  const auto choice = choose_point(filter, from, now);
  return choice ? choice->id : "none: " + choice.error().sentence();
}

std::string complaint(const PointRule& rule, const std::vector<RecoveryPoint>& from = points) {
  const auto choice = choose_point(rule, from, now);
  if (choice) return "chose " + choice->id;
  EXPECT_EQ(choice.error().kind(), ErrorKind::refused) << "looking again would change nothing";
  return choice.error().sentence();
}

TEST(RecoveryPoint, TheLatestIsTheNewestWhateverTheOrder) {
  EXPECT_EQ(choose_point(LatestPoint{}, points, now)->id, "one-day");
  EXPECT_EQ(chosen(PointFilter{}), "one-day");
}

TEST(RecoveryPoint, BeforeAndAfterAreStrict) {
  PointFilter filter;
  filter.before = now - 24h;
  EXPECT_EQ(chosen(filter), "two-days");
  filter.before = now - 24h + 1ms;
  EXPECT_EQ(chosen(filter), "one-day");
  filter = {};
  filter.after = now - 24h;
  EXPECT_THAT(chosen(filter), HasSubstr("none"));
  filter.after = now - 24h - 1ms;
  EXPECT_EQ(chosen(filter), "one-day");
}

TEST(RecoveryPoint, ConsistencyIsOneOfTheListInAnyCase) {
  PointFilter filter;
  filter.consistency = {"appconsistent"};
  EXPECT_EQ(chosen(filter), "three-days");
  filter.consistency = {"AppConsistent", "FileSystemConsistent"};
  EXPECT_EQ(chosen(filter), "two-days");
}

TEST(RecoveryPoint, OneOfThePointsTiersMustBeOneOfTheList) {
  PointFilter filter;
  filter.tier = {"HardenedRP"};
  EXPECT_EQ(chosen(filter), "one-day");
  filter.tier = {"ArchivedRP"};
  EXPECT_EQ(chosen(filter), "month");
  filter.tier = {"archivedrp", "InstantRP"};
  EXPECT_EQ(chosen(filter), "one-day");
}

TEST(RecoveryPoint, NotOlderThanIsMeasuredFromNow) {
  PointFilter filter;
  filter.not_older_than = 24h;
  EXPECT_EQ(chosen(filter), "one-day") << "exactly as old is not older";
  filter.not_older_than = 24h - 1ms;
  EXPECT_THAT(chosen(filter), HasSubstr("none"));
}

TEST(RecoveryPoint, AllThatIsGivenMustHold) {
  PointFilter filter;
  filter.consistency = {"AppConsistent"};
  filter.tier = {"HardenedRP"};
  filter.before = now - 1h;
  filter.after = now - 100h;
  filter.not_older_than = 96h;
  EXPECT_EQ(chosen(filter), "three-days");
  filter.not_older_than = 71h;
  EXPECT_THAT(chosen(filter), HasSubstr("none"));
}

// ── points that Azure cannot restore ──

/// The newest point with the change, before an older one that can be restored.
std::vector<RecoveryPoint> newest_that(void (*change)(RecoveryPoint&)) {
  std::vector<RecoveryPoint> two = {point("older", 24h), point("newest", 1h)};
  change(two.back());
  return two;
}

const std::vector<std::pair<std::string, void (*)(RecoveryPoint&)>> unusable = {
    {"is soft-deleted", [](RecoveryPoint& point) { point.soft_deleted = true; }},
    {"expired at 2026-11-20T10:00:00Z", [](RecoveryPoint& point) { point.expires_at = now; }},
    {"has no valid tier",
     [](RecoveryPoint& point) {
       point.tiers.clear();
       point.no_valid_tier = true;
     }},
};

TEST(RecoveryPoint, OneThatCannotBeRestoredIsNeverChosen) {
  for (const auto& [why, change] : unusable) {
    const auto two = newest_that(change);
    EXPECT_EQ(choose_point(LatestPoint{}, two, now)->id, "older") << why;
    EXPECT_EQ(chosen(PointFilter{}, two), "older") << why;
    EXPECT_THAT(points_passed_over(LatestPoint{}, two, two.front(), now), AllOf(HasSubstr("newest"), HasSubstr(why)));
    EXPECT_TRUE(matches(LatestPoint{}, two.back(), now)) << "it is shown";
    const std::vector<RecoveryPoint> alone = {two.back()};
    EXPECT_THAT(complaint(LatestPoint{}, alone), AllOf(HasSubstr("cannot be restored"), HasSubstr(why)));
  }
}

TEST(RecoveryPoint, WhatAzureDoesNotReportIsNoObstacle) {
  std::vector<RecoveryPoint> one = {point("only", 1h, "AppConsistent", {})};
  EXPECT_EQ(choose_point(LatestPoint{}, one, now)->id, "only") << "no tiers in the response";
  one.front().expires_at = now + 1ms;
  EXPECT_EQ(choose_point(LatestPoint{}, one, now)->id, "only") << "not expired yet";
}

TEST(RecoveryPoint, OnlyNewerPointsThatMatchArePassedOver) {
  std::vector<RecoveryPoint> three = {point("oldest", 72h), point("middle", 24h),
                                      point("newest", 1h, "CrashConsistent")};
  three[0].soft_deleted = true;
  three[2].soft_deleted = true;
  EXPECT_THAT(points_passed_over(LatestPoint{}, three, three[1], now),
              AllOf(HasSubstr("a newer recovery point"), HasSubstr("newest"), Not(HasSubstr("oldest"))));
  PointFilter filter;
  filter.consistency = {"AppConsistent"};
  EXPECT_EQ(points_passed_over(filter, three, three[1], now), "");
  EXPECT_EQ(points_passed_over(LatestPoint{}, points, points[1], now), "");
}

TEST(RecoveryPoint, ManyPassedOverMakeAShortSentence) {
  std::vector<RecoveryPoint> many = {point("good", 10000h)};
  for (int i = 0; i < 100; ++i) {
    many.push_back(point("p" + std::to_string(i), Millis(1h) * i));
    many.back().soft_deleted = true;
  }
  const std::string sentence = points_passed_over(LatestPoint{}, many, many.front(), now);
  EXPECT_THAT(sentence, AllOf(HasSubstr("100 newer recovery points"), HasSubstr("p0"), HasSubstr("...")));
  EXPECT_LT(sentence.size(), 400U);
}

// ── when none fits ──

TEST(RecoveryPoint, NoPointsAtAllIsSaid) {
  EXPECT_THAT(complaint(LatestPoint{}, {}), HasSubstr("no recovery points"));
  EXPECT_THAT(complaint(PointFilter{}, {}), HasSubstr("no recovery points"));
}

TEST(RecoveryPoint, TheSentenceCountsThePointsAndNamesTheNearestMisses) {
  PointFilter filter;
  filter.consistency = {"AppConsistent"};
  filter.tier = {"InstantRP"};
  const std::string sentence = complaint(filter);
  EXPECT_THAT(sentence, HasSubstr("4 recovery points"));
  // The newest with one objection, not the oldest.
  EXPECT_THAT(sentence, AllOf(HasSubstr("one-day of 2026-11-19T10:00:00Z is CrashConsistent"), HasSubstr("two-days"),
                              HasSubstr("three-days"), HasSubstr("is in tier HardenedRP"), Not(HasSubstr("month"))));
  EXPECT_LT(sentence.find("one-day"), sentence.find("two-days"));
}

TEST(RecoveryPoint, APointThatMissesByOneComesBeforeANewerThatMissesByTwo) {
  PointFilter filter;
  filter.consistency = {"AppConsistent"};
  filter.tier = {"ArchivedRP"};
  filter.not_older_than = 700h;
  const std::string sentence = complaint(filter);
  EXPECT_LT(sentence.find("month"), sentence.find("one-day"));
}

TEST(RecoveryPoint, EveryKindOfMissIsSaidInWords) {
  const std::vector<RecoveryPoint> one = {point("only", 48h, "CrashConsistent", {})};
  PointFilter filter;
  filter.before = now - 60h;
  EXPECT_THAT(complaint(filter, one),
              AllOf(HasSubstr("only of 2026-11-18T10:00:00Z"), HasSubstr("is not before 2026-11-17T22:00:00Z")));
  filter = {};
  filter.after = now - 36h;
  EXPECT_THAT(complaint(filter, one), HasSubstr("is not after 2026-11-18T22:00:00Z"));
  filter = {};
  filter.not_older_than = 36h;
  EXPECT_THAT(complaint(filter, one), AllOf(HasSubstr("2d old"), HasSubstr("more than 36h")));
  filter = {};
  filter.consistency = {"AppConsistent"};
  EXPECT_THAT(complaint(filter, one), HasSubstr("is CrashConsistent"));
  filter = {};
  filter.tier = {"InstantRP"};
  EXPECT_THAT(complaint(filter, one), HasSubstr("names no valid tier"));
}

TEST(RecoveryPoint, SeveralObjectionsToOnePointAreAllSaid) {
  PointFilter filter;
  filter.consistency = {"AppConsistent"};
  filter.not_older_than = 36h;
  EXPECT_THAT(complaint(filter, {point("only", 48h, "CrashConsistent")}),
              AllOf(HasSubstr("2d old"), HasSubstr("CrashConsistent")));
}

TEST(RecoveryPoint, AThousandPointsMakeAShortSentence) {
  std::vector<RecoveryPoint> many;
  for (int i = 0; i < 1000; ++i) many.push_back(point("p" + std::to_string(i), Millis(24h) * i));
  PointFilter filter;
  filter.consistency = {"CrashConsistent"};
  const std::string sentence = complaint(filter, many);
  EXPECT_THAT(sentence, HasSubstr("1000"));
  EXPECT_LT(sentence.size(), 400U);
}

// ── tiers ──

TEST(RecoveryPoint, TheTierIsWhereTheDataCanBeReadFrom) {
  struct Row {
    std::vector<std::string> tiers;
    bool rehydrated;
    std::string_view tier;
  };
  const std::vector<Row> rows = {
      {{}, false, ""},
      {{"ColdRP"}, false, ""},
      {{"InstantRP"}, false, "Snapshot"},
      {{"HardenedRP"}, false, "VaultStandard"},
      {{"ArchivedRP"}, false, "VaultArchive"},
      {{"InstantRP", "HardenedRP"}, false, "SnapshotAndVaultStandard"},
      {{"ArchivedRP", "InstantRP"}, false, "SnapshotAndVaultArchive"},
      {{"HardenedRP", "ArchivedRP"}, false, "VaultStandardRehydrated"},
      {{"InstantRP", "HardenedRP", "ArchivedRP"}, false, "VaultStandardRehydrated"},
      {{"ArchivedRP"}, true, "VaultStandardRehydrated"},
      {{"HardenedRP"}, true, "VaultStandardRehydrated"},
  };
  for (const Row& row : rows) {
    RecoveryPoint one = point("one", 1h, "AppConsistent", row.tiers);
    one.rehydrated = row.rehydrated;
    EXPECT_EQ(effective_tier(one), row.tier) << nlohmann::json(row.tiers);
  }
}

// ── stored ──

RecoveryPoint point_with_every_member() {
  RecoveryPoint all = point("31407900891996", 24h, "AppConsistent", {"InstantRP", "HardenedRP"});
  all.managed = false;
  all.rehydrated = true;
  all.encrypted = true;
  all.private_access = false;
  all.original_storage_account = true;
  all.zones = {"2"};
  all.os_type = "Linux";
  all.size = "Standard_D2s_v3";
  all.security_type = "ConfidentialVM";
  all.extended_location = "losangeles";
  all.disks_included = 3;
  all.disks_attached = 4;
  all.expires_at = now + 24h;
  all.soft_deleted = true;
  all.no_valid_tier = true;
  return all;
}

TEST(RecoveryPoint, ComesBackFromJsonAsItWentIn) {
  const RecoveryPoint before = point_with_every_member();
  const auto after = nlohmann::json(before).get<RecoveryPoint>();
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.time, before.time);
  EXPECT_EQ(after.consistency, before.consistency);
  EXPECT_EQ(after.tiers, before.tiers);
  EXPECT_EQ(after.managed, before.managed);
  EXPECT_EQ(after.rehydrated, before.rehydrated);
  EXPECT_EQ(after.encrypted, before.encrypted);
  EXPECT_EQ(after.private_access, before.private_access);
  EXPECT_EQ(after.original_storage_account, before.original_storage_account);
  EXPECT_EQ(after.zones, before.zones);
  EXPECT_EQ(after.os_type, before.os_type);
  EXPECT_EQ(after.size, before.size);
  EXPECT_EQ(after.security_type, before.security_type);
  EXPECT_EQ(after.extended_location, before.extended_location);
  EXPECT_EQ(after.disks_included, before.disks_included);
  EXPECT_EQ(after.disks_attached, before.disks_attached);
  EXPECT_EQ(after.expires_at, before.expires_at);
  EXPECT_EQ(after.soft_deleted, before.soft_deleted);
  EXPECT_EQ(after.no_valid_tier, before.no_valid_tier);
}

TEST(RecoveryPoint, WhatAnEarlierVersionStoredIsReadAndSaysNoMoreThanItDid) {
  const auto stored = nlohmann::json::parse(R"({"id": "42", "time": "2026-11-19T10:00:00Z",
      "consistency": "AppConsistent", "tiers": ["ArchivedRP"], "managed": false})");
  const auto old = stored.get<RecoveryPoint>();
  EXPECT_EQ(old.id, "42");
  EXPECT_FALSE(old.managed);
  EXPECT_FALSE(old.rehydrated);
  EXPECT_FALSE(old.encrypted);
  EXPECT_EQ(old.private_access, std::nullopt);
  EXPECT_EQ(old.disks_included, std::nullopt);
  EXPECT_TRUE(old.zones.empty());
  EXPECT_TRUE(obstacles_of(old, now).empty());
}

}  // namespace
}  // namespace azrestored::test
