#include "daemon/app/status_reporter.hpp"

#include "daemon/app/status_line.hpp"
#include "daemon/os/as_result.hpp"

namespace azrestored {
namespace {

constexpr auto between_lines = std::chrono::seconds(5);

}  // namespace

asio::awaitable<std::string> StatusReporter::line() {
  Condition condition;
  const auto counts = co_await sources_.store.count_by_state();
  if (counts) {
    condition.jobs = *counts;
  } else {
    condition.problem = counts.error().sentence();
  }
  if (const auto next = sources_.supervisor.next_poll()) condition.next_poll = *next - sources_.clock.now();
  if (const auto problem = sources_.sign_ins.problem()) condition.problem = *problem;
  co_return status_line(condition);
}

asio::awaitable<void> StatusReporter::run() {
  while (!stopping_) {
    timer_.expires_after(between_lines);
    co_await timer_.async_wait(as_result);
    if (!stopping_) notify_.status(co_await line());
  }
}

void StatusReporter::stop() {
  stopping_ = true;
  timer_.cancel();
}

}  // namespace azrestored
