// azrestorectl list: filters, order, pages.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/served_jobs.hpp"
#include "tests/unit/cli/program.hpp"

namespace azrestored::test {
namespace {

class AzrestorectlListTest : public ::testing::Test {
 protected:
  AzrestorectlListTest() { EXPECT_TRUE(jobs_.serve()); }

  Ended list(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"list", "--socket", jobs_.socket()});
    return azrestorectl(arguments);
  }

  /// The numbers of the jobs that are listed.
  std::vector<int> numbers(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const Ended run = list(std::move(arguments));
    EXPECT_EQ(run.code, 0) << run.errors;
    std::istringstream lines(run.output);
    std::vector<int> found;
    for (std::string line; std::getline(lines, line);)
      found.push_back(std::stoi(nlohmann::json::parse(line).at("id").get<std::string>().substr(24)));
    return found;
  }

  ServedJobs jobs_;
};

using Numbers = std::vector<int>;

TEST_F(AzrestorectlListTest, ByVaultVmAndTime) {
  for (int number = 1; number <= 4; ++number) {
    Job job = sample_job(number, Queued{});
    if (number == 2) job.vault.name = "other";
    if (number == 4) job.created_at = std::chrono::floor<Millis>(std::chrono::system_clock::now());
    jobs_.put(job);
  }
  EXPECT_EQ(numbers({"--vault", "Other"}), Numbers{2});
  EXPECT_EQ(numbers({"--vault", "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/main",
                     "--vm", "web03"}),
            Numbers{3});
  EXPECT_EQ(numbers({"--since", "24h"}), Numbers{4});
  EXPECT_EQ(numbers({"--since", "2026-11-20T10:03:00Z", "--vault", "main"}), (Numbers{4, 3}));
  EXPECT_EQ(list({"--vm", "mail"}).errors,
            "azrestorectl: no job matches; `azrestorectl list` without filters shows the newest jobs\n");
}

TEST_F(AzrestorectlListTest, OfSeveralStatesAreOneListByAge) {
  jobs_.put(sample_job(1, Failed{}));
  jobs_.put(sample_job(2, Held{}));
  jobs_.put(sample_job(3, Succeeded{}));
  jobs_.put(sample_job(4, Failed{}));
  EXPECT_EQ(numbers({"--state", "failed", "--state", "held"}), (Numbers{4, 2, 1}));
  EXPECT_EQ(numbers({"--state", "held", "--state", "failed", "--reverse", "--limit", "2"}), (Numbers{1, 2}));
  EXPECT_EQ(numbers({"--state", "failed", "--state", "failed"}), (Numbers{4, 1})) << "named twice, listed once";
}

TEST_F(AzrestorectlListTest, SortingIsOfThoseThatAreShown) {
  for (int number = 1; number <= 4; ++number) {
    Job job = sample_job(number, number == 2 ? State(Failed{}) : State(Queued{}));
    job.name = std::string(1, static_cast<char>('e' - number));  // "d", "c", "b", "a"
    job.vm = number == 4 ? "ALPHA" : "vm" + std::to_string(number);
    jobs_.put(job);
  }
  EXPECT_EQ(numbers({"--sort", "name"}), (Numbers{4, 3, 2, 1}));
  EXPECT_EQ(numbers({"--sort", "name", "--reverse"}), (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(numbers({"--sort", "vm"}), (Numbers{4, 1, 2, 3}));
  EXPECT_EQ(numbers({"--sort", "state"}), (Numbers{2, 4, 3, 1})) << "those of one state stay by age";
  EXPECT_EQ(numbers({"--sort", "vm", "--limit", "2"}), (Numbers{4, 3})) << "the newest two";
  EXPECT_EQ(numbers({"--sort", "age", "--reverse"}), (Numbers{1, 2, 3, 4}));
}

TEST_F(AzrestorectlListTest, AnswersOfOnePageNameTheNext) {
  for (int number = 1; number <= 5; ++number) jobs_.put(sample_job(number, Queued{}));
  const Ended first = list({"--limit", "2", "--sort", "name"});
  EXPECT_EQ(first.errors, "azrestorectl: these are the 2 newest; for the next ones add --after " + job_id(4) + "\n");
  EXPECT_EQ(numbers({"--limit", "2", "--after", job_id(4)}), (Numbers{3, 2}));
  EXPECT_EQ(numbers({"--limit", "2", "--after", "web02-drill"}), Numbers{1});
  EXPECT_EQ(list({"--after", job_id(1)}).errors, "azrestorectl: there are no more jobs\n");
  EXPECT_EQ(list({"--after", "mail"}).code, 5);
  EXPECT_EQ(numbers({"--reverse", "--limit", "3"}), (Numbers{1, 2, 3}));
  EXPECT_EQ(numbers({"--reverse", "--after", job_id(3)}), (Numbers{4, 5}));
}

}  // namespace
}  // namespace azrestored::test
