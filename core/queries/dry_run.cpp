#include "core/queries/dry_run.hpp"

#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/job/evolve.hpp"
#include "core/jobfile/intake.hpp"
#include "core/jobfile/spec.hpp"
#include "core/view/job_view.hpp"

namespace azrestored {
namespace {

constexpr int most_failures = 3;
constexpr Millis longest = std::chrono::minutes(2);

/// Shown instead of the access token, a secret that is fetched right before the POST.
constexpr const char* access_token_mark = "\"(the access token: fetched right before the request is sent)\"";

nlohmann::json shown(const HttpRequest& request) {
  nlohmann::json headers = nlohmann::json::object();
  for (const auto& [name, value] : request.headers) headers[name] = value;
  return {{"method", request.method},
          {"url", request.url},
          {"headers", std::move(headers)},
          {"body", nlohmann::json::parse(request.body)}};
}

}  // namespace

asio::awaitable<nlohmann::json> dry_run(Performer& performer, Clock& clock, const Policy& policy, SharedSpec spec) {
  const Instant began_at = clock.now();
  const auto timer = clock.make_timer();
  auto [added, line] = new_job(*spec, "", Submission{"", "", 0, began_at});
  Job job = std::move(added.job);
  std::optional<Problem> problem;
  while (!problem) {
    const Action action = decide(job, clock.now());
    if (std::holds_alternative<PrepareTrigger>(action)) break;
    if (const auto* sleep = std::get_if<SleepUntil>(&action)) {
      if (sleep->at > began_at + longest) {
        problem = internal_problem("TooSlow", "Azure has not responded within two minutes; try again");
      } else {
        co_await timer->wait_until(sleep->at);
      }
      continue;
    }
    Event event = co_await performer.perform(action, job, spec);
    const Moment moment{clock.now(), 0};
    auto step = evolve(job, event, policy, moment);
    if (!step) {
      problem = internal_problem("Unexpected", step.error().sentence());
    } else {
      job = std::move(step->job);
      if (is_at_rest(job.state) || job.failures >= most_failures) problem = job.progress.problem;
    }
  }
  co_return dry_run_view(
      job, problem, problem ? nlohmann::json() : shown(performer.restore_request_of(job, *spec, access_token_mark)));
}

}  // namespace azrestored
