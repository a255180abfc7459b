// A crash at each port call of a run, for every kind of job and every path that a job can take; for a job in doubt also
// each pair of crashes. Only the names are random.
#include <gtest/gtest.h>

#include "tests/sim/world.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono_literals;

struct Scenario {
  std::string name;
  RunOptions options;
};

RunOptions calm(JobKind kind) {
  RunOptions options;
  options.jobs = {kind};
  options.faults = false;
  options.ends = {"Completed"};
  options.longest_restore = 20min;
  return options;
}

Scenario of_kind(std::string name, JobKind kind) {
  return {std::move(name), calm(kind)};
}

/// The fate of the first POSTs; the next one is accepted.
Scenario after_posts(std::string name, std::deque<PostFate> posts) {
  Scenario scenario{std::move(name), calm(JobKind::unchecked)};
  scenario.options.posts = std::move(posts);
  return scenario;
}

Scenario with_command(std::string name, Millis after, EventPayload wanted) {
  Scenario scenario{std::move(name), calm(JobKind::unchecked)};
  scenario.options.interferences = {{after, 0, std::move(wanted)}};
  return scenario;
}

Scenario retried() {
  Scenario scenario = with_command("retry", 1h, RetryRequested{0, false});
  scenario.options.ends = {"Failed", "Completed"};
  return scenario;
}

Scenario held_and_released() {
  Scenario scenario = with_command("hold, release", 0s, HoldRequested{0});
  scenario.options.interferences.push_back({10min, 0, ReleaseRequested{0}});
  return scenario;
}

Scenario cancelled_in_doubt() {
  Scenario scenario = with_command("cancel in doubt", 1min, CancelRequested{0});
  scenario.options.posts = {PostFate::timeout_504};
  return scenario;
}

/// Two jobs of which only one may run at a time; an operator releases the first while the second runs.
Scenario one_at_a_time() {
  Scenario scenario = with_command("one at a time", 0s, HoldRequested{0});
  scenario.options.jobs = {JobKind::unchecked, JobKind::unchecked};
  scenario.options.ends = {"Completed", "Completed"};
  scenario.options.caps.per_subscription = 1;
  scenario.options.interferences.push_back({10min, 0, ReleaseRequested{0}});
  return scenario;
}

std::vector<Scenario> scenarios() {
  return {
      of_kind("RestoreDisks", JobKind::disks),
      of_kind("unchecked", JobKind::unchecked),
      of_kind("checked locally", JobKind::checked_locally),
      of_kind("OriginalLocation", JobKind::original),
      of_kind("AlternateLocation", JobKind::alternate),
      of_kind("protected item", JobKind::by_item),
      of_kind("cross-region", JobKind::cross_region),
      of_kind("archived", JobKind::archived),
      of_kind("guarded", JobKind::guarded),
      after_posts("in doubt, started", {PostFate::timeout_504}),
      after_posts("in doubt, not started", {PostFate::reset_without_effect}),
      after_posts("in doubt, three times", {PostFate::busy_503, PostFate::reset_without_effect, PostFate::no_answer}),
      after_posts("answer without an operation", {PostFate::url_lost}),
      after_posts("throttled", {PostFate::throttled, PostFate::throttled}),
      after_posts("refused", {PostFate::refused_400}),
      after_posts("unclear, then refused", {PostFate::error_500, PostFate::refused_400}),
      after_posts("operation fails", {PostFate::operation_fails}),
      with_command("cancel before the POST", 0s, CancelRequested{0}),
      with_command("cancel while it runs", 2min, CancelRequested{0}),
      cancelled_in_doubt(),
      held_and_released(),
      one_at_a_time(),
      retried()};
}

/// Names only the first position, so that a failure is readable.
std::string broken_at(const RunOptions& options) {
  const RunResult result = run_world(options);
  return result.broken.empty() ? "" : result.broken.front() + " (" + result.states + ")";
}

TEST(ExhaustiveCrash, AtEachPortCallOfEachScenario) {
  int runs = 0;
  for (Scenario& scenario : scenarios()) {
    const int calls = run_world(scenario.options).port_calls;
    ASSERT_GT(calls, 10) << scenario.name;
    ASSERT_EQ(broken_at(scenario.options), "") << scenario.name;
    for (int call = 1; call <= calls; ++call, ++runs) {
      scenario.options.crash_at = {call};
      ASSERT_EQ(broken_at(scenario.options), "") << scenario.name << ", crash at call " << call << " of " << calls;
    }
  }
  std::printf("%zu scenarios, %d crashes\n", scenarios().size(), runs);
}

/// The second crash comes at each call of the life that follows the first crash, until that life ends.
TEST(ExhaustiveCrash, AtEachPairOfPortCallsOfAJobInDoubt) {
  RunOptions options = after_posts("in doubt, started", {PostFate::timeout_504}).options;
  const int calls = run_world(options).port_calls;
  int runs = 0;
  for (int first = 1; first <= calls; ++first) {
    options.crash_at = {first};
    const int last = run_world(options).port_calls;
    for (int second = first + 1; second <= last; ++second, ++runs) {
      options.crash_at = {first, second};
      ASSERT_EQ(broken_at(options), "") << "crashes at calls " << first << " and " << second;
    }
  }
  std::printf("%d pairs of crashes\n", runs);
}

}  // namespace
}  // namespace azrestored::sim
