// Goal: the metrics match what happened, over the control socket and over TCP, in a form that Prometheus' own programs
// accept; and reading them blocks nothing. Method: one daemon has a refused file, a throttled POST, a waiting job, a
// cancel and a success; its metrics are compared with the simulator's log.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <sstream>

#include "tests/support/raw_connection.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

using test::parse_answer;
using test::RawAnswer;
using test::RawConnection;
using Samples = std::map<std::string, double>;

Stage::Options with_metrics() {
  Stage::Options options;
  options.azure = azure_with(
      Json::array({protected_vm("web01", {{"jobSeconds", 600}, {"cancelSeconds", 0.1}}), protected_vm("web02")}));
  options.settings["limits"]["concurrentRestoresPerVault"] = 1;
  options.settings["metrics"]["listen"] = "127.0.0.1:0";
  options.simulator = {"--read-limit", "100000"};  // so that it reports the remaining reads
  return options;
}

/// "name{labels}" and value of every line.
Samples samples_in(const std::string& text) {
  Samples samples;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.rfind(' ');
    if (!line.starts_with('#') && space != std::string::npos)
      samples[line.substr(0, space)] = std::stod(line.substr(space + 1));
  }
  return samples;
}

/// The sum of all samples of a name with this label.
double sum_of(const Samples& samples, const std::string& name, const std::string& label = "") {
  double sum = 0;
  for (const auto& [sample, value] : samples) {
    if (sample.starts_with(name + "{") && sample.find(label) != std::string::npos) sum += value;
  }
  return sum;
}

class Metrics : public testing::Test {
 protected:
  void start() {
    stage_.daemon.start();
    port_ = stage_.daemon.events("metrics.listening").back().at("port");
  }

  static RawAnswer answer(RawConnection connection, const std::string& accept) {
    connection.write("GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\nConnection: close\r\n\r\n");
    return parse_answer(connection.read_to_end());
  }
  RawAnswer over_tcp(const std::string& accept = "*/*") { return answer(RawConnection(port_), accept); }
  RawAnswer over_the_socket() { return answer(RawConnection(stage_.path("daemon/control.sock")), "*/*"); }

  Samples scrape() {
    const RawAnswer page = over_tcp();
    EXPECT_EQ(page.status, 200) << page.text;
    return samples_in(page.text);
  }
  /// Waits until the metrics have these values.
  bool come_to(const Samples& wanted) {
    return wait_until([&] {
      const Samples found = scrape();
      return std::ranges::all_of(wanted, [&](const auto& sample) {
        const auto at = found.find(sample.first);
        return at != found.end() && at->second == sample.second;
      });
    });
  }

  double answered_by_azure(int status) {
    const auto requests = stage_.sim.requests("/subscriptions/");
    return static_cast<double>(
        std::ranges::count_if(requests, [&](const Json& request) { return request.at("status") == status; }));
  }

  Stage stage_{with_metrics()};
  std::uint16_t port_ = 0;
};

TEST_F(Metrics, ReportWhatHappened) {
  stage_.sim.add_fault("POST .*/restore\\?@1=429:1");
  start();
  stage_.drop(disks_job("running", "web01"));
  ASSERT_EQ(stage_.wait_for_state("running", "tracking").at("state"), "tracking");
  stage_.drop(disks_job("waiting", "web02"));
  stage_.drop("bad.json", "{}");
  ASSERT_TRUE(come_to({{"azrestored_jobs{state=\"queued\"}", 1},
                       {"azrestored_jobs{state=\"tracking\"}", 1},
                       {"azrestored_spool_files_total{result=\"accepted\"}", 2},
                       {"azrestored_spool_files_total{result=\"rejected\"}", 1}}))
      << over_tcp().text;
  ASSERT_TRUE(wait_until([&] { return scrape().at("azrestored_oldest_waiting_job_age_seconds") > 0; }));
  EXPECT_EQ(scrape().at("azrestored_last_success_timestamp_seconds"), 0);

  ASSERT_EQ(stage_.ctl({"cancel", "running"}).ending, 0);
  ASSERT_EQ(stage_.wait_for_end("running").at("state"), "cancelled");
  ASSERT_EQ(stage_.wait_for_end("waiting").at("state"), "succeeded");
  ASSERT_TRUE(come_to({{"azrestored_jobs{state=\"queued\"}", 0},
                       {"azrestored_jobs{state=\"in-doubt\"}", 0},
                       {"azrestored_jobs{state=\"held\"}", 0},
                       {"azrestored_jobs{state=\"cancelled\"}", 1},
                       {"azrestored_jobs{state=\"succeeded\"}", 1},
                       {"azrestored_oldest_waiting_job_age_seconds", 0},
                       {"azrestored_restores_total{result=\"cancelled\"}", 1},
                       {"azrestored_restores_total{result=\"succeeded\"}", 1},
                       {"azrestored_restores_total{result=\"failed\"}", 0},
                       {"azrestored_transitions_total{from=\"new\",to=\"queued\"}", 2},
                       {"azrestored_transitions_total{from=\"queued\",to=\"resolving\"}", 2},
                       {"azrestored_transitions_total{from=\"tracking\",to=\"succeeded\"}", 1},
                       {"azrestored_stage_duration_seconds_count{stage=\"queued\"}", 2},
                       {"azrestored_arm_requests_total{call=\"restore\",status=\"429\"}", 1},
                       {"azrestored_arm_requests_total{call=\"restore\",status=\"202\"}", 2},
                       {"azrestored_arm_throttled_total{call=\"restore\"}", 1},
                       {"azrestored_arm_throttled_total{call=\"backupJobs\"}", 0},
                       {"azrestored_sign_in_ok{profile=\"default\"}", 1}}))
      << over_tcp().text;

  // Every request that Azure received was counted with its status and under a known name.
  for (const int status : {200, 202, 429}) {
    const std::string label = "status=\"" + std::to_string(status) + "\"";
    EXPECT_TRUE(wait_until([&] {
      return sum_of(scrape(), "azrestored_arm_requests_total", label) == answered_by_azure(status);
    })) << label
        << over_tcp().text;
  }
  const Samples samples = scrape();
  for (const auto& [sample, value] : samples) {
    const bool is_unknown = sample.find("call=\"other\"") != std::string::npos;
    EXPECT_TRUE(!is_unknown || value == 0) << sample;
  }
  const auto now = static_cast<double>(std::chrono::seconds(std::time(nullptr)).count());
  EXPECT_NEAR(samples.at("azrestored_last_success_timestamp_seconds"), now, 120);
  EXPECT_NEAR(samples.at("process_start_time_seconds"), now, 120);
  EXPECT_GE(samples.at("azrestored_commit_duration_seconds_count"), 10);
  EXPECT_GT(samples.at("azrestored_commit_duration_seconds_sum"), 0);
  EXPECT_GE(samples.at("azrestored_loop_lag_seconds_count"), 1);
  EXPECT_GE(samples.at("azrestored_token_age_seconds{profile=\"default\"}"), 0);
  EXPECT_GT(sum_of(samples, "azrestored_budget_left"), 0);
}

TEST_F(Metrics, AreTakenByPrometheusAndMatchTheAlertsAndTheDashboard) {
  start();
  stage_.drop(disks_job("drill", "web02"));
  ASSERT_EQ(stage_.wait_for_end("drill").at("state"), "succeeded");
  const RawAnswer text = over_the_socket();
  EXPECT_NE(text.head.find("text/plain; version=0.0.4"), std::string::npos) << text.head;
  const RawAnswer open = over_tcp("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
  EXPECT_NE(open.head.find("application/openmetrics-text; version=1.0.0"), std::string::npos) << open.head;
  write_file(stage_.path("metrics.txt"), text.text);
  write_file(stage_.path("openmetrics.txt"), open.text);
  const Outcome judged = run({{JUDGE_METRICS_SCRIPT, stage_.path("."), CONFIG_DIRECTORY "/prometheus-alerts.yml",
                               CONFIG_DIRECTORY "/grafana-dashboard.json"},
                              {}});
  EXPECT_EQ(judged.ending, 0) << judged.err;
  EXPECT_EQ(judged.out, "");
}

TEST_F(Metrics, ARestartForgetsNoSuccess) {
  start();
  stage_.drop(disks_job("drill", "web02"));
  ASSERT_EQ(stage_.wait_for_end("drill").at("state"), "succeeded");
  ASSERT_TRUE(come_to({{"azrestored_restores_total{result=\"succeeded\"}", 1}}));
  const double success = scrape().at("azrestored_last_success_timestamp_seconds");
  EXPECT_EQ(stage_.daemon.stop(), 0);
  start();
  const Samples samples = scrape();
  EXPECT_EQ(samples.at("azrestored_last_success_timestamp_seconds"), success);
  EXPECT_EQ(samples.at("azrestored_jobs{state=\"succeeded\"}"), 1);
  EXPECT_EQ(samples.at("azrestored_restores_total{result=\"succeeded\"}"), 0);
}

TEST_F(Metrics, BlockNothingEvenWithManySlowOrEndlessReaders) {
  start();
  std::vector<std::unique_ptr<RawConnection>> readers;
  for (int i = 0; i < 60; ++i) {
    readers.push_back(std::make_unique<RawConnection>(port_));
    const bool asks = i % 2 == 0;  // and never reads the response
    readers.back()->write(asks ? "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" : "GET /metrics HTTP/1.1\r\nHo");
  }
  stage_.drop(disks_job("drill", "web02"));
  EXPECT_EQ(stage_.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(over_tcp().status, 200);
  EXPECT_EQ(over_the_socket().status, 200);
  EXPECT_EQ(stage_.daemon.stop(), 0);
}

TEST_F(Metrics, APortThatIsTakenIsSaidAndNothingStarts) {
  start();
  Installation second;
  const std::string taken = "127.0.0.1:" + std::to_string(port_);
  second.configure(stage_.sim.https_url(), {{"metrics", {{"listen", taken}}}});
  second.daemon.launch();
  EXPECT_EQ(second.daemon.wait(), 1);
  const auto failed = second.daemon.events("daemon.failed");
  ASSERT_EQ(failed.size(), 1U) << second.daemon.log();
  EXPECT_EQ(failed.front().at("problem"),
            "metrics.listen " + taken + ": another program listens on this port; stop it, or choose another port");
  EXPECT_EQ(scrape().at("azrestored_jobs{state=\"queued\"}"), 0);
}

}  // namespace
}  // namespace azrestored::test
