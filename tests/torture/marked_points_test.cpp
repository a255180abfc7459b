// Goal: as in kill_test.cpp, with the daemon killed once at every crash point (daemon/os/crash_point.hpp), in every
// state that a job can be saved in. Method: each run of the daemon is killed at one of them, with a job that reaches
// it, while many others are running; the next run starts immediately. tests/system/crash_test.cpp has most of these
// points with a single job. Not part of ctest: tests/torture.sh runs it, on a build with crash points.
#include <gtest/gtest.h>

#include <csignal>
#include <iostream>

#include "tests/torture/verdict.hpp"
#include "tests/torture/weather.hpp"

namespace azrestored::test {
namespace {

/// The action on a job in a state that makes it reach the crash point.
struct Push {
  std::string state, command;
};

struct Mark {
  std::string place;
  Member member;
  std::string fault;  // "" or the fault of the VM's requests
  std::optional<Push> push;
};

const Member plain{"plain", Json::object(), false, "succeeded", "Completed"};
const Member rehydrated{"archived", {{"rehydrationSeconds", 1}}, false, "succeeded", "Completed"};
const Member warned{
    "warned", {{"result", "CompletedWithWarnings"}}, false, "succeeded-with-warnings", "CompletedWithWarnings"};
const Member elsewhere{"elsewhere",
                       {{"propertyBag", {{"Target Storage Account Name", "elsewhere"}}}},
                       false,
                       "succeeded-with-findings",
                       "Completed"};
const Member failing{"failing", {{"result", "Failed"}}, false, "failed", "Failed"};
const Member unborn{"unborn", {{"operationResult", "Failed"}}, false, "failed", ""};
const Member cancelled{"cancelled", {{"jobSeconds", 600}, {"cancelSeconds", 0.2}}, false, "cancelled", "Cancelled"};

std::vector<Mark> marks() {
  std::vector<Mark> all;
  const auto add = [&](const std::string& place, Member member, const std::string& fault = "",
                       const std::optional<Push>& push = std::nullopt) {
    member.name += "-m" + std::to_string(all.size());
    all.push_back({place, member, fault, push});
  };
  for (const char* place : {"spool.before-claim", "spool.claimed", "spool.inserted", "spool.accepted", "get.before",
                            "get.after", "get.before:9", "get.after:9", "post.before", "post.after"}) {
    add(place, plain);
  }
  for (const std::string side : {".before", ".after"}) {
    for (const char* state : {"resolving", "validating", "triggering", "polling", "tracking", "succeeded"}) {
      add("save." + std::string(state) + side, plain);
    }
    add("save.triggering" + side + ":2", plain);
    add("save.in-doubt" + side, plain, "POST .*VM/restore\\?@1=lost");
    add("save.rehydrating" + side, rehydrated);
    add("save.succeeded-with-warnings" + side, warned);
    add("save.succeeded-with-findings" + side, elsewhere);
    add("save.failed" + side, failing);
    add("save.queued" + side, unborn, "", Push{"failed", "retry"});
    add("save.held" + side, plain, "GET .*VM/recoveryPoints@1x*=503", Push{"resolving", "hold"});
    add("save.cancelling" + side, cancelled, "", Push{"tracking", "cancel"});
    add("save.cancelled" + side, cancelled, "", Push{"tracking", "cancel"});
  }
  return all;
}

Json file_of(const Member& member) {
  Json file = job_file(member);
  if (member.name.starts_with(rehydrated.name)) file["rehydration"] = {{"priority", "High"}, {"retention", "P10D"}};
  return file;
}

Stage::Options options_for(const std::vector<Member>& members) {
  Stage::Options options;
  options.azure = azure_of(members);
  for (Json& item : options.azure["vaults"][0]["items"]) {
    if (item.at("vm").get<std::string>().find(rehydrated.name) == std::string::npos) continue;
    for (Json& point : item["points"]) point["tiers"] = {{{"type", "ArchivedRP"}, {"status", "Valid"}}};
  }
  options.settings = {{"log", {{"level", "info"}}}, {"inDoubt", {{"quietPeriod", "2s"}}}};
  return options;
}

class MarkedPoints : public testing::Test {
 protected:
  MarkedPoints() : population_(mixed_population(30)) {
    std::vector<Member> everybody = population_;
    for (const Mark& mark : marks_) everybody.push_back(mark.member);
    stage_.emplace(options_for(everybody));
  }

  void drop(const Member& member) {
    stage_->drop(file_of(member));
    dropped_.push_back(member);
  }

  void order_fault(const Mark& mark) {
    if (mark.fault.empty()) return;
    std::string fault = mark.fault;
    stage_->sim.add_fault(fault.replace(fault.find("VM"), 2, mark.member.name + "/.*"));
  }

  void die_at(const Mark& mark) {
    stage_->daemon.launch({{"AZRESTORED_CRASH_AT", mark.place}});
    const auto died = [&] {
      if (stage_->daemon.wait(std::chrono::milliseconds(0))) return true;
      if (mark.push && stage_->show(mark.member.name).value("state", "") == mark.push->state) {
        (void)stage_->ctl({mark.push->command, mark.member.name});
      }
      return false;
    };
    ASSERT_TRUE(wait_until(died)) << "the daemon never came to " << mark.place;
    EXPECT_EQ(stage_->daemon.wait(), -SIGKILL) << mark.place;
  }

  const std::vector<Mark> marks_ = marks();
  const std::vector<Member> population_;
  std::optional<Stage> stage_;
  std::vector<Member> dropped_;
};

TEST_F(MarkedPoints, KilledAtEachOfThemEveryJobIsDoneOnce) {
#ifndef AZRESTORED_CRASH_POINTS
  GTEST_SKIP() << "this build has no crash points; use the dev build";
#endif
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    if (i < population_.size()) drop(population_[i]);
    order_fault(marks_[i]);
    drop(marks_[i].member);
    ASSERT_NO_FATAL_FAILURE(die_at(marks_[i]));
  }
  for (const char* place : {"spool.before-reject", "spool.reason-written"}) {
    stage_->drop(std::string(place) + ".json", "nonsense");
    ASSERT_NO_FATAL_FAILURE(die_at({place, plain, "", std::nullopt}));
  }
  stage_->sim.clear_faults();
  stage_->daemon.start();
  for (const Mark& mark : marks_) {
    // A client without a response asks again; if the request was saved before the end, the second one is refused.
    if (mark.push && mark.push->command == "cancel") (void)stage_->ctl({"cancel", mark.member.name});
  }
  (void)wait_for_all(*stage_, dropped_.size(), std::chrono::minutes(2));
  EXPECT_EQ(stage_->daemon.stop(), 0);
  expect_all_done_once(*stage_, dropped_);
  std::cout << "marked points: " << marks_.size() + 2 << " places, " << dropped_.size() << " jobs, "
            << started_restores(*stage_).size() << " restores" << std::endl;
}

}  // namespace
}  // namespace azrestored::test
