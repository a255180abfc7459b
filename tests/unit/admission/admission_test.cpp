// Which jobs start next, as a table: queued jobs, limits, jobs under way, and the jobs that start.
#include "core/admission/admission.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace azrestored::test {
namespace {

struct InLine {
  std::string id;
  int priority;
  std::string vault;    // "subscription/vault"
  std::string account;  // "" for none
  std::string group;
};

Job job_of(const InLine& each) {
  Job job;
  job.id = each.id;
  job.priority = each.priority;
  const auto slash = each.vault.find('/');
  job.vault = {each.vault.substr(0, slash), "rg", each.vault.substr(slash + 1)};
  job.storage_account = each.account;
  job.target_group = each.group;
  return job;
}

/// The jobs that start, "a b c"; a job higher in the list is older.
std::string begin(Admission admission, const std::vector<InLine>& line, int limit = 100) {
  std::map<std::string, std::vector<QueuePosition>> lanes;
  for (std::size_t i = 0; i < line.size(); ++i) {
    Job job = job_of(line[i]);
    job.created_at = Instant(Millis(i));
    lanes[Lane::of(job).text()].push_back(QueuePosition::of(job));
  }
  std::vector<LaneFront> heads;
  for (auto& [text, turns] : lanes) {
    std::ranges::sort(turns, [](const QueuePosition& a, const QueuePosition& b) { return comes_before(b, a); });
    heads.push_back({Lane::from_text(text), turns.back()});
  }
  std::string begun;
  dequeue(admission, heads, limit, [&](const LaneFront& head) -> std::optional<QueuePosition> {
    begun += (begun.empty() ? "" : " ") + head.first.id;
    auto& turns = lanes.at(head.lane.text());
    EXPECT_EQ(turns.back().id, head.first.id);
    turns.pop_back();
    return turns.empty() ? std::nullopt : std::optional(turns.back());
  });
  return begun;
}

ConcurrencyLimits only(int ConcurrencyLimits::*cap, int places) {
  ConcurrencyLimits caps;
  caps.*cap = places;
  return caps;
}

const std::vector<InLine> five = {{"a", 0, "s/v", "x", "g"},
                                  {"b", 0, "s/v", "y", "h"},
                                  {"c", 9, "s/w", "x", "h"},
                                  {"d", 0, "t/v", "y", "g"},
                                  {"e", -9, "s/v", "", ""}};

struct Turns {
  std::string name;
  ConcurrencyLimits caps;
  std::vector<InLine> line;
  int limit;
  std::string begin;
};

void PrintTo(const Turns& turns, std::ostream* out) {
  *out << turns.name;
}

class WhichJobsStart : public testing::TestWithParam<Turns> {};

TEST_P(WhichJobsStart, IsInTheTable) {
  const Turns& turns = GetParam();
  EXPECT_EQ(begin(Admission(turns.caps), turns.line, turns.limit), turns.begin);
}

INSTANTIATE_TEST_SUITE_P(Admission, WhichJobsStart,
                         testing::ValuesIn(std::vector<Turns>{
                             {"NobodyWaits", {}, {}, 100, ""},
                             {"NoCapIsFull", {}, five, 100, "c a b d e"},
                             {"LimitOfThree", {}, five, 3, "c a b"},
                             {"LimitOfNone", {}, five, 0, ""},
                             {"OnePerSubscription", only(&ConcurrencyLimits::per_subscription, 1), five, 100, "c d"},
                             {"ThreePerSubscription", only(&ConcurrencyLimits::per_subscription, 3), five, 100,
                              "c a b d"},
                             {"OnePerVault", only(&ConcurrencyLimits::per_vault, 1), five, 100, "c a d"},
                             {"TwoPerVault", only(&ConcurrencyLimits::per_vault, 2), five, 100, "c a b d"},
                             {"OnePerAccount", only(&ConcurrencyLimits::per_storage_account, 1), five, 100, "c b e"},
                             {"OnePerGroup", only(&ConcurrencyLimits::per_target_group, 1), five, 100, "c a e"},
                             {"OneOfEverything", ConcurrencyLimits{1, 1, 1, 1}, five, 100, "c d"},
                             {"TheHighestOfALaneFirst",
                              only(&ConcurrencyLimits::per_vault, 1),
                              {{"a", 0, "s/v", "", ""}, {"b", 1, "s/v", "", ""}},
                              100,
                              "b"},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST(Admission, CountsWhatBeginsAndWhatEnds) {
  const Lane lane = Lane::of(job_of(five[0]));
  Admission admission(only(&ConcurrencyLimits::per_storage_account, 2));
  EXPECT_EQ(admission.exhausted(lane), std::nullopt);
  admission.began(lane);
  admission.began(Lane::of(job_of(five[2])));  // the same account, another vault
  EXPECT_EQ(admission.exhausted(lane), ConcurrencyLimit::storage_account);
  EXPECT_EQ(admission.taken(ConcurrencyLimit::storage_account, lane), 2);
  EXPECT_EQ(admission.taken(ConcurrencyLimit::vault, lane), 1);
  EXPECT_EQ(admission.exhausted(Lane::of(job_of(five[1]))), std::nullopt);
  admission.ended(lane);
  EXPECT_EQ(admission.exhausted(lane), std::nullopt);
  EXPECT_EQ(admission.taken(ConcurrencyLimit::vault, lane), 0);
}

TEST(Admission, WithMoreUnderWayThanACapNoJobBegins) {
  Admission admission(only(&ConcurrencyLimits::per_vault, 1));
  for (int i = 0; i < 3; ++i) admission.began(Lane::of(job_of(five[0])));
  EXPECT_EQ(begin(admission, five), "c d");
  admission.ended(Lane::of(job_of(five[0])));
  EXPECT_EQ(begin(admission, five), "c d");
}

// Stores skip all lanes between the two at once.
TEST(Admission, LanesThatShareTheirFirstPartsStandTogether) {
  std::vector<std::string> texts;
  for (const char* vault : {"s/v", "s/v1", "s/u", "s-1/v", "s1/v", "S/V"}) {
    for (const char* account : {"", "x", "xy"}) {
      for (const char* group : {"", "g", "g2"})
        texts.push_back(Lane::of(job_of({"j", 0, vault, account, group})).text());
    }
  }
  for (const std::string& one : texts) {
    const Lane lane = Lane::from_text(one);
    for (const ConcurrencyLimit cap : {ConcurrencyLimit::subscription, ConcurrencyLimit::vault}) {
      for (const std::string& other : texts) {
        const bool is_between = other >= lane.begin_of(cap) && other < lane.end_of(cap);
        EXPECT_EQ(is_between, Lane::from_text(other).key(cap) == lane.key(cap));
      }
    }
    for (const std::string& other : texts) {
      const bool is_between =
          other >= lane.begin_of(ConcurrencyLimit::target_group) && other < lane.end_of(ConcurrencyLimit::target_group);
      EXPECT_EQ(is_between, other == one);
    }
  }
}

TEST(Admission, ATextThatIsNoLaneDoesNoHarm) {
  for (const char* text : {"", "s", "\x1f", "s\x1fv", "\x1f\x1f\x1f\x1f\x1f"}) {
    const Lane lane = Lane::from_text(text);
    Admission admission(ConcurrencyLimits{1, 1, 1, 1});
    admission.began(lane);
    admission.ended(lane);
    EXPECT_EQ(admission.exhausted(lane), std::nullopt);
    EXPECT_GT(lane.end_of(ConcurrencyLimit::target_group), lane.text());
  }
}

}  // namespace
}  // namespace azrestored::test
