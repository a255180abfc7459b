// What is counted while the daemon runs. No label takes a value that someone else can choose.
#include "daemon/metrics/counters.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "daemon/metrics/counting_transport.hpp"
#include "daemon/metrics/loop_lag.hpp"
#include "daemon/metrics/request_label.hpp"
#include "tests/unit/metrics/samples.hpp"

namespace azrestored::test {
namespace {

const std::string vault =
    "https://arm.example/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";

/// The job moves from one state to another after that time.
void go(Metrics& metrics, const std::string& from, State to, std::optional<Millis> stayed) {
  Job job;
  job.state = std::move(to);
  job.since = Instant(std::chrono::seconds(1'000));
  HistoryLine line;
  line.from = from;
  line.to = state_name(job.state);
  metrics.changed(job, line, stayed);
}

TEST(Metrics, AJobsWayIsCountedStepByStep) {
  Metrics metrics;
  go(metrics, "", Queued{}, std::nullopt);
  go(metrics, "queued", Resolving{}, std::chrono::seconds(90));
  go(metrics, "tracking", Succeeded{}, std::chrono::minutes(20));
  const auto families = metrics.collect();
  EXPECT_EQ(value_of(families, "azrestored_transitions_total", {"new", "queued"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_transitions_total", {"queued", "resolving"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_restores_total", {"succeeded"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_restores_total", {"failed"}), 0);
  EXPECT_EQ(metrics.last_success(), Instant(std::chrono::seconds(1'000)));

  const auto* queued = metric_of(families, "azrestored_stage_duration_seconds", {"queued"});
  ASSERT_NE(queued, nullptr);
  EXPECT_EQ(queued->histogram.sample_count, 1U);
  EXPECT_DOUBLE_EQ(queued->histogram.sample_sum, 90);
  EXPECT_EQ(metric_of(families, "azrestored_stage_duration_seconds", {"tracking"})->histogram.sample_sum, 1200);
}

TEST(Metrics, AnEventWithinAStateIsNoTransition) {
  Metrics metrics;
  go(metrics, "tracking", Tracking{}, std::nullopt);
  const auto families = metrics.collect();
  EXPECT_EQ(value_of(families, "azrestored_transitions_total", {"tracking", "tracking"}), std::nullopt);
}

TEST(Metrics, AFailureIsNoSuccessAndAnEndHasNoDuration) {
  Metrics metrics;
  go(metrics, "triggering", Failed{}, std::chrono::seconds(1));
  go(metrics, "failed", Queued{}, std::chrono::hours(70));
  const auto families = metrics.collect();
  EXPECT_EQ(value_of(families, "azrestored_restores_total", {"failed"}), 1);
  EXPECT_EQ(metrics.last_success(), std::nullopt);
  EXPECT_EQ(metric_of(families, "azrestored_stage_duration_seconds", {"failed"}), nullptr);
}

TEST(Metrics, RequestsAreCountedByCallAndStatus) {
  Metrics metrics;
  metrics.requested("backupJobs", 200);
  metrics.requested("backupJobs", 429);
  metrics.requested("backupJobs", 429);
  metrics.requested("restore", std::nullopt);
  metrics.requested("restore", 999);
  const auto families = metrics.collect();
  EXPECT_EQ(value_of(families, "azrestored_arm_requests_total", {"backupJobs", "200"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_arm_requests_total", {"backupJobs", "429"}), 2);
  EXPECT_EQ(value_of(families, "azrestored_arm_requests_total", {"restore", "none"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_arm_requests_total", {"restore", "other"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_arm_throttled_total", {"backupJobs"}), 2);
  EXPECT_EQ(value_of(families, "azrestored_arm_throttled_total", {"restore"}), 0);
}

TEST(ArmCall, IsTheLastWordOfTheActionAndNeverAnythingThatIsNotKnown) {
  const auto call = [](const char* method, const std::string& url) {
    HttpRequest request;
    request.method = method;
    request.url = url;
    return std::string(arm_call_of(request));
  };
  EXPECT_EQ(call("GET", vault + "?api-version=1"), "vaults");
  EXPECT_EQ(call("GET", vault + "/backupJobs/0123?api-version=1"), "backupJobs");
  EXPECT_EQ(call("GET", vault + "/BACKUPJOBS"), "backupJobs");
  EXPECT_EQ(call("POST", vault + "/backupJobs/0123/cancel"), "cancel");
  EXPECT_EQ(
      call("POST", vault + "/backupFabrics/Azure/protectionContainers/c/protectedItems/i/recoveryPoints/1/restore"),
      "restore");
  EXPECT_EQ(call("GET", vault + "/backupFabrics/Azure/protectionContainers/c/protectedItems/i/operationsStatus/o"),
            "operationsStatus");
  EXPECT_EQ(call("GET", vault + "/somethingNew/1"), "other");
  EXPECT_EQ(call("GET", "https://elsewhere.example/"), "other");
}

class OneAnswer final : public Transport {
 public:
  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest) override { co_return answer; }
  std::variant<HttpResponse, TransportFailure> answer;
};

TEST(MeteredTransport, HandsOnTheAnswerAndCountsIt) {
  Metrics metrics;
  OneAnswer inner;
  inner.answer = HttpResponse{204, {}, ""};
  MeteredTransport arm(inner, metrics);
  MeteredTransport sign_in(inner, metrics, sign_in_call);
  asio::io_context loop;
  int status = 0;
  auto both = [&]() -> asio::awaitable<void> {
    HttpRequest request;
    request.url = vault + "/backupJobs";
    const auto answer = co_await arm.exchange(request);
    status = std::get<HttpResponse>(answer).status;
    inner.answer = TransportFailure{"gone", true};
    co_await sign_in.exchange(request);
  };
  asio::co_spawn(loop, both, asio::detached);
  loop.run();
  EXPECT_EQ(status, 204);
  const auto families = metrics.collect();
  EXPECT_EQ(value_of(families, "azrestored_arm_requests_total", {"backupJobs", "204"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_arm_requests_total", {"signIn", "none"}), 1);
}

TEST(LoopLag, IsMeasuredWhileTheLoopRunsAndKeepsItNoLongerThanWanted) {
  Metrics metrics;
  asio::io_context loop;
  LoopLag lag(loop, metrics);
  lag.start();
  loop.run_one();  // the timer has fired
  lag.stop();
  loop.run();  // returns: no wait is left
  EXPECT_EQ(metric_of(metrics.collect(), "azrestored_loop_lag_seconds", {})->histogram.sample_count, 1U);
}

}  // namespace
}  // namespace azrestored::test
