// Goal: with repeated kills at random moments, while Azure responds badly or not at all, the daemon does every job
// exactly once and reports it correctly. Method: kill -9 after a random time, often before it is ready; more job files
// in between; then the verdict. AZRESTORED_TORTURE_JOBS, _KILLS and _SEED in the environment change the size of the run
// (tests/torture.sh) and repeat its random numbers, but not the scheduling of the machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tests/torture/verdict.hpp"
#include "tests/torture/weather.hpp"

namespace azrestored::test {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

class Torture {
 public:
  Torture(int jobs, int kills, std::uint64_t seed)
      : members_(mixed_population(jobs)), kills_(kills), dice_(seed), weather_(seed + 1), stage_(options(members_)) {}

  void run() {
    measure_start();
    for (int death = 0; death < kills_ && !testing::Test::HasFailure(); ++death) {
      if (death % 5 == 0) weather_.blow(stage_.sim);
      // The last jobs are dropped after three quarters of the kills.
      drop_up_to(members_.size() * static_cast<std::size_t>(death) * 4 / (3 * static_cast<std::size_t>(kills_)));
      live_and_die();
    }
    drop_up_to(members_.size());
    stage_.daemon.start();
    ended_under_way_ = count_ended();
    released_ = wait_for_all(stage_, members_.size(), std::chrono::minutes(3));
    EXPECT_EQ(stage_.daemon.stop(), 0);
    expect_all_done_once(stage_, members_);
  }

  [[nodiscard]] std::string figures() const {
    int befallen = 0;
    const Json report = stage_.sim.report();
    for (const auto& [name, count] : report.at("faults").items()) befallen += count.get<int>();
    return std::to_string(members_.size()) + " jobs (" + std::to_string(ended_under_way_) +
           " ended before the last kill), " + std::to_string(kills_) + " times kill -9 (" + std::to_string(unready_) +
           " before it was ready), " + std::to_string(befallen) + " faults in " + report.at("requests").dump() +
           " requests, " + report.at("restorePosts").dump() + " restore POSTs, " +
           std::to_string(started_restores(stage_).size()) + " restores, " + std::to_string(released_) + " released";
  }

 private:
  static Stage::Options options(const std::vector<Member>& members) {
    Stage::Options options;
    options.azure = azure_of(members);
    options.simulator = {"--job-list-lag", "0.2"};
    options.settings = {{"log", {{"level", "info"}}}, {"inDoubt", {{"quietPeriod", "2s"}}}};
    return options;
  }

  void measure_start() {
    const auto before = Clock::now();
    stage_.daemon.start();
    start_takes_ = std::chrono::duration_cast<Milliseconds>(Clock::now() - before);
    stage_.daemon.kill();
  }

  std::size_t count_ended() {
    const std::vector<Json> jobs = all_jobs(stage_);
    return static_cast<std::size_t>(std::ranges::count_if(jobs, [](const Json& job) { return job.at("atRest"); }));
  }

  void drop_up_to(std::size_t count) {
    for (; dropped_ < std::min(count, members_.size()); ++dropped_) stage_.drop(job_file(members_[dropped_]));
  }

  /// One run in three ends during the start, the others within half a second after it.
  void live_and_die() {
    const bool early = std::uniform_int_distribution<int>(0, 2)(dice_) == 0;
    const Milliseconds::rep least = early ? 0 : start_takes_.count();
    const Milliseconds::rep most = start_takes_.count() + (early ? 0 : 500);
    const Milliseconds life(std::uniform_int_distribution<Milliseconds::rep>(least, most)(dice_));
    stage_.daemon.launch();
    EXPECT_EQ(stage_.daemon.wait(life), std::nullopt) << "the daemon ended without a kill";
    if (!stage_.daemon.is_ready()) ++unready_;
    stage_.daemon.kill();
  }

  const std::vector<Member> members_;
  const int kills_;
  std::mt19937_64 dice_;
  Weather weather_;
  Stage stage_;
  Milliseconds start_takes_{0};
  std::size_t dropped_ = 0;
  int unready_ = 0;
  std::size_t ended_under_way_ = 0;
  int released_ = 0;
};

TEST(Torture, KilledAtRandomMomentsEveryJobIsDoneOnce) {
  const auto jobs = static_cast<int>(from_environment("AZRESTORED_TORTURE_JOBS", 40));
  const auto kills = static_cast<int>(from_environment("AZRESTORED_TORTURE_KILLS", 50));
  const std::uint64_t seed = from_environment("AZRESTORED_TORTURE_SEED", std::random_device{}());
  std::cout << "torture: seed " << seed << std::endl;
  Torture torture(jobs, kills, seed);
  torture.run();
  std::cout << "torture: seed " << seed << ", " << torture.figures() << std::endl;
}

}  // namespace
}  // namespace azrestored::test
