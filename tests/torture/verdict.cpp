#include "tests/torture/verdict.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "tests/torture/ledger.hpp"

namespace azrestored::test {
namespace {

void expect_sound_histories(const std::filesystem::path& database) {
  std::map<std::string, std::string> reached;  // by job id: the last state in its history
  std::map<std::string, long> lines;
  for (const auto& line : ask(database, "SELECT job_id, from_state, to_state FROM job_event ORDER BY sequence")) {
    const auto [known, is_first] = reached.try_emplace(line[0], line[2]);
    if (!is_first) {
      EXPECT_EQ(line[1], known->second) << "a transition of job " << line[0] << " has no history line";
    }
    known->second = line[2];
    ++lines[line[0]];
  }
  for (const auto& job : ask(database, "SELECT id, state, version FROM job")) {
    EXPECT_EQ(reached[job[0]], job[1]) << "the last history line of job " << job[0];
    EXPECT_GE(std::stol(job[2]), lines[job[0]] - 1) << "job " << job[0] << " has a history line without a save";
  }
}

/// An end that only the vault's list reported, because Azure refused the details: the findings are not known.
bool is_unchecked(const Json& job) {
  const Json& unchecked = job.at("unchecked");
  return !unchecked.empty() && unchecked.at(0).get<std::string>().starts_with("everything (");
}

void expect_one_restore(const Member& member, const Json& job, const std::vector<Json>& restores) {
  const bool finds_nothing = member.state == "succeeded-with-findings" && is_unchecked(job);
  EXPECT_EQ(job.at("state"), finds_nothing ? "succeeded" : member.state) << job.dump(2);

  const auto is_its_restore = [&](const Json& restore) { return restore.at("vm") == member.name; };
  ASSERT_EQ(std::ranges::count_if(restores, is_its_restore), member.azure_status.empty() ? 0 : 1) << job.dump(2);
  if (member.azure_status.empty()) return;
  const Json& restore = *std::ranges::find_if(restores, is_its_restore);
  EXPECT_EQ(restore.at("status"), member.azure_status) << job.dump(2);
  EXPECT_EQ(restore.at("requestId"), job.at("requestId")) << job.dump(2);
  if (job.at("azureJobId").is_null()) return;
  EXPECT_EQ(restore.at("jobId"), job.at("azureJobId")) << job.dump(2);
}

}  // namespace

std::vector<Json> all_jobs(const Stage& stage, const std::string& state) {
  std::vector<std::string> words = {"list", "--limit", "100000", "--json"};
  if (!state.empty()) words.insert(words.end(), {"--state", state});
  std::vector<Json> jobs;
  std::istringstream lines(stage.ctl(words).out);
  for (std::string line; std::getline(lines, line);) {
    Json job = Json::parse(line, nullptr, false);
    if (job.is_object()) jobs.push_back(std::move(job));
  }
  return jobs;
}

std::vector<Json> started_restores(const Stage& stage) {
  std::vector<Json> restores = stage.sim.restores();
  std::erase_if(restores, [](const Json& restore) { return restore.at("jobId") == ""; });
  return restores;
}

int wait_for_all(Stage& stage, std::size_t count, std::chrono::seconds limit) {
  int released = 0;
  std::vector<Json> jobs;
  const auto all_ended = [&] {
    jobs = all_jobs(stage);
    for (const Json& job : jobs) {
      if (job.at("state") == "held") released += stage.ctl({"release", job.at("id")}).ending == 0 ? 1 : 0;
    }
    return jobs.size() == count &&
           std::ranges::all_of(jobs, [](const Json& job) { return job.at("state") != "held" && job.at("atRest"); });
  };
  if (!wait_until(all_ended, limit)) {
    ADD_FAILURE() << "of " << count << " jobs " << jobs.size() << " are known; these have not ended:";
    for (const Json& job : jobs) {
      if (!job.at("atRest")) ADD_FAILURE() << job.dump(2);
    }
  }
  return released;
}

void expect_all_done_once(Stage& stage, const std::vector<Member>& members) {
  const std::vector<Json> restores = started_restores(stage);
  EXPECT_EQ(all_jobs(stage).size(), members.size());
  for (const Member& member : members) {
    const Json job = stage.show(member.name);  // by its name, which fails if two jobs have it
    ASSERT_TRUE(job.contains("state")) << member.name << ": " << job.dump();
    expect_one_restore(member, job, restores);
  }

  EXPECT_TRUE(names_in(stage.daemon.spool() / "incoming").empty());
  EXPECT_TRUE(names_in(stage.daemon.spool() / "claimed").empty());
  EXPECT_EQ(names_in(stage.daemon.spool() / "accepted").size(), members.size());

  EXPECT_EQ(ask(stage.daemon.database(), "PRAGMA integrity_check").front().front(), "ok");
  expect_sound_histories(stage.daemon.database());
}

}  // namespace azrestored::test
