// Goal: after half an hour with many faults, the daemon's memory is not larger than after a minute, no descriptor is
// leaked, and each of its thousands of jobs was done once. Method: jobs are dropped continuously, up to a maximum of
// running jobs; faults at a high rate; memory and descriptors are read from /proc every few seconds. The jobs change
// from vault to vault: otherwise the job list of a vault, and the memory for it, would grow with their number. A
// separate test, not part of ctest: tests/soak.sh runs it on the release build. AZRESTORED_SOAK_SECONDS sets its
// duration.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "tests/torture/ledger.hpp"
#include "tests/torture/verdict.hpp"
#include "tests/torture/weather.hpp"

namespace azrestored::test {
namespace {

using Seconds = std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr int vaults = 60;
constexpr Seconds time_in_a_vault{20};
constexpr std::size_t most_under_way = 40;
constexpr std::size_t most_dropped_at_once = 6;
constexpr Seconds between_looks{1};
constexpr Seconds between_samples{5};
constexpr std::chrono::minutes between_lines{1};
constexpr Seconds first_minute{60};
constexpr Seconds window{30};            // the means over this time are compared
constexpr double allowed_growth = 1.05;  // of resident memory
constexpr int connections = 16;          // limits.connections

struct Sample {
  Clock::time_point at;
  double resident_kib = 0;
  int descriptors = 0;
};

Sample sample_of(pid_t pid) {
  Sample sample;
  sample.at = Clock::now();
  const std::filesystem::path process = "/proc/" + std::to_string(pid);
  std::ifstream status(process / "status");
  for (std::string word; status >> word;) {
    if (word == "VmRSS:") status >> sample.resident_kib;
  }
  sample.descriptors = static_cast<int>(names_in(process / "fd").size());
  return sample;
}

class Soak {
 public:
  explicit Soak(Seconds length) : length_(length), weather_(1), stage_(options(population_)) {}

  void run() {
    stage_.daemon.start();
    at_start_ = sample_of(stage_.daemon.pid());
    began_ = Clock::now();
    const auto time_is_up = [this] {
      return Clock::now() - began_ >= length_ || !look() || testing::Test::HasFailure();
    };
    ASSERT_TRUE(wait_until(time_is_up, length_ * 2 + patience));
    if (testing::Test::HasFailure()) return;
    stage_.sim.clear_faults();
    EXPECT_TRUE(wait_until([this] { return ended() == dropped_.size(); }, std::chrono::minutes(3)));
    at_end_ = sample_of(stage_.daemon.pid());
    EXPECT_EQ(stage_.daemon.stop(), 0);
    expect_no_growth();
    expect_each_done_once();
  }

  [[nodiscard]] std::string figures() const {
    const Json report = stage_.sim.report();
    int faults = 0;
    for (const auto& [name, count] : report.at("faults").items()) faults += count.get<int>();
    const auto kib = [](double value) { return std::to_string(static_cast<long>(value)) + " KiB"; };
    return std::to_string(length_.count()) + " s, " + std::to_string(dropped_.size()) + " jobs, " +
           report.at("requests").dump() + " requests, " + std::to_string(faults) + " faults; resident " +
           kib(resident(Clock::time_point(began_ + first_minute))) + " after a minute, " +
           kib(resident(samples_.back().at - window)) + " at the end; descriptors " +
           std::to_string(at_start_.descriptors) + " at the start, " + std::to_string(most_descriptors()) +
           " at most, " + std::to_string(at_end_.descriptors) + " at the end";
  }

 private:
  static std::vector<Member> members_of(int vault) {
    std::vector<Member> members = mixed_population(11);
    for (Member& member : members) member.name = "v" + std::to_string(vault) + "-" + member.name;
    return members;
  }

  static std::string vault_named(int vault) { return vault_id() + "-" + std::to_string(vault); }

  static std::vector<std::vector<Member>> everybody() {
    std::vector<std::vector<Member>> all;
    for (int vault = 0; vault < vaults; ++vault) all.push_back(members_of(vault));
    return all;
  }

  static Stage::Options options(const std::vector<std::vector<Member>>& population) {
    Stage::Options options;
    options.azure = azure_of(population.front());
    options.azure["vaults"].clear();
    for (int vault = 0; vault < vaults; ++vault) {
      Json one = azure_of(population[static_cast<std::size_t>(vault)]).at("vaults")[0];
      one["id"] = vault_named(vault);
      options.azure["vaults"].push_back(std::move(one));
    }
    options.settings = {{"log", {{"level", "info"}}},
                        {"limits", {{"connections", connections}}},
                        {"polling", {{"minimumInterval", "200ms"}, {"jobInterval", "1s"}}},
                        {"inDoubt", {{"quietPeriod", "3s"}}}};
    return options;
  }

  /// Called continuously; does the steps that are due. False if the daemon does not respond.
  bool look() {
    if (Clock::now() < next_look_) return true;
    next_look_ = Clock::now() + between_looks;
    const std::size_t now_ended = ended();
    for (std::size_t i = 0; i < most_dropped_at_once && dropped_.size() - now_ended < most_under_way; ++i) drop_one();
    if (samples_.empty() || Clock::now() - samples_.back().at >= between_samples) {
      samples_.push_back(sample_of(stage_.daemon.pid()));
      weather_.blow(stage_.sim);
    }
    if (Clock::now() - reported_ >= between_lines) {
      reported_ = Clock::now();
      const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(reported_ - began_).count();
      std::cout << "soak: minute " << minutes << ", " << now_ended << " jobs done, resident "
                << samples_.back().resident_kib << " KiB, " << samples_.back().descriptors << " descriptors"
                << std::endl;
    }
    return !testing::Test::HasFailure();
  }

  /// The number of finished jobs. A held job is released, as an operator would do after a check.
  std::size_t ended() {
    const Outcome asked = stage_.ctl({"status", "--json"});
    EXPECT_EQ(asked.ending, 0) << asked.err;
    if (asked.ending != 0) return 0;
    const Json by_state = Json::parse(asked.out).at("jobs");
    if (by_state.value("held", 0) > 0) release_held();
    std::size_t count = 0;
    for (const char* state : {"succeeded", "succeeded-with-warnings", "succeeded-with-findings", "failed"}) {
      count += by_state.value(state, std::size_t{0});
    }
    return count;
  }

  void drop_one() {
    const auto vault = static_cast<int>((Clock::now() - began_) / time_in_a_vault) % vaults;
    const auto& members = population_[static_cast<std::size_t>(vault)];
    const Member& member = members[dropped_.size() % members.size()];
    Json file = job_file(member);
    file["vault"] = vault_named(vault);
    file["name"] = "job-" + std::to_string(dropped_.size());
    stage_.drop(file);
    dropped_[file["name"]] = &member;
  }

  void release_held() {
    for (const Json& job : all_jobs(stage_, "held")) (void)stage_.ctl({"release", job.at("id")});
  }

  /// The mean of the window that starts here.
  [[nodiscard]] double resident(Clock::time_point from) const {
    double sum = 0;
    int count = 0;
    for (const Sample& sample : samples_) {
      if (sample.at < from || sample.at > from + window) continue;
      sum += sample.resident_kib;
      ++count;
    }
    return sum / count;
  }

  [[nodiscard]] int most_descriptors() const {
    return std::ranges::max_element(samples_, {}, &Sample::descriptors)->descriptors;
  }

  void expect_no_growth() const {
    ASSERT_GT(samples_.back().at - window, began_ + first_minute + window) << "the soak is too short to compare";
    EXPECT_LE(resident(samples_.back().at - window), allowed_growth * resident(began_ + first_minute));
    constexpr int of_azrestorectl = 2;
    EXPECT_LE(most_descriptors(), at_start_.descriptors + connections + of_azrestorectl);
    EXPECT_LE(at_end_.descriptors, at_start_.descriptors + connections);
  }

  void expect_each_done_once() const {
    const std::vector<Json> restores = started_restores(stage_);
    std::map<std::string, int> by_request;
    for (const Json& restore : restores) ++by_request[restore.at("requestId")];
    for (const auto& [id, count] : by_request) EXPECT_EQ(count, 1) << id;
    std::size_t expected = 0;
    for (const auto& [name, member] : dropped_) expected += member->azure_status.empty() ? 0 : 1;
    EXPECT_EQ(restores.size(), expected);
    const auto jobs = ask(stage_.daemon.database(), "SELECT name, state FROM job");
    EXPECT_EQ(jobs.size(), dropped_.size());
    for (const auto& job : jobs) EXPECT_EQ(job[1], dropped_.at(job[0])->state) << job[0];
  }

  const Seconds length_;
  const std::vector<std::vector<Member>> population_ = everybody();  // by vault
  Weather weather_;
  Stage stage_;
  std::map<std::string, const Member*> dropped_;  // by the job's name
  std::vector<Sample> samples_;
  Sample at_start_, at_end_;
  Clock::time_point began_, next_look_, reported_;
};

TEST(Soak, LeavesTheDaemonAsSmallAsItWasAfterAMinute) {
  const char* const length = std::getenv("AZRESTORED_SOAK_SECONDS");
  Soak soak(Seconds(length != nullptr ? std::atoi(length) : 180));
  soak.run();
  std::cout << "soak: " << soak.figures() << std::endl;
}

}  // namespace
}  // namespace azrestored::test
