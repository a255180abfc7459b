#include "daemon/cli/connect/follow.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/job/state.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/cli/terminal/screen.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;

constexpr auto between_looks = std::chrono::seconds(1);
/// Pause after a look, as a multiple of its duration: limits the load of following very many jobs.
constexpr int rest_for_each_look = 4;
/// How long to wait for a daemon without --timeout: long enough for a restart.
constexpr auto longest_absence = std::chrono::seconds(60);
/// More jobs are followed by lists. Fresh details cost reads of Azure's quota (azure-backup-api.md 9.2); for many jobs
/// the view shows what the daemon reads without being asked.
constexpr std::size_t most_looked_at_each = 20;

}  // namespace

JobList named_jobs(Client& client, const std::vector<std::string>& names) {
  std::vector<json> jobs;
  for (const std::string& name : names) {
    Answer job = client.get(control_target({"jobs", name}));
    if (!job) return job.error();
    const auto is_same = [&](const json& other) { return other.at("id") == job->at("id"); };
    if (std::ranges::none_of(jobs, is_same)) jobs.push_back(std::move(*job));
  }
  return jobs;
}

// One list for each state, because there can be very many finished jobs.
JobList jobs_under_way(Client& client) {
  std::map<std::string, json> by_age;  // a job that changes its state meanwhile can be in two lists
  for (const StateFacts& state : all_states) {
    if (azrestored::is_at_rest(state.group)) continue;
    std::map<std::string, std::string> query{{"state", std::string(state.name)},
                                             {"limit", std::to_string(most_jobs_per_page)}};
    for (bool more = true; more;) {
      const Answer page = client.get(control_target({"jobs"}, query));
      if (!page) return page.error();
      for (const json& job : page->at("jobs")) by_age[text_of(job, "created") + text_of(job, "id")] = job;
      query["after"] = text_of(*page, "next");
      more = !query["after"].empty();
    }
  }
  std::vector<json> jobs;
  for (auto& [age, job] : by_age) jobs.push_back(std::move(job));
  return jobs;
}

ExitCode Follower::follow(ProgressObserver& onlooker) {
  const auto begun = SteadyClock::now();
  for (;;) {
    const auto looked = SteadyClock::now();
    const auto trouble = look();
    const auto took = SteadyClock::now() - looked;
    const bool is_refused = trouble && exit_code_of_error(trouble->code()) != ExitCode::unreachable;
    SteadyClock::duration absence{};
    if (!is_refused) {
      absence = note_absence(trouble, onlooker);
      onlooker.update(jobs_, client_.now());
    }
    const bool is_over = !trouble && std::ranges::all_of(jobs_, is_at_rest);
    const bool timed_out = options_.timeout && SteadyClock::now() - begun >= *options_.timeout;
    const bool given_up = trouble && (is_refused || timed_out || (!options_.timeout && absence >= longest_absence));
    if (is_over || given_up || timed_out) {
      onlooker.finish(jobs_);
      if (is_over) return code_at_rest();
      return given_up ? console_.fail(*trouble) : time_is_up();
    }
    auto rest = std::max<SteadyClock::duration>(between_looks, rest_for_each_look * took);
    if (options_.timeout) rest = std::min<SteadyClock::duration>(rest, begun + *options_.timeout - SteadyClock::now());
    pause(onlooker, rest);
  }
}

/// Reads every job that is not at rest again. Stops at the first failure.
std::optional<Failure> Follower::look() {
  return jobs_.size() <= most_looked_at_each ? look_at_each() : refresh_by_list();
}

std::optional<Failure> Follower::look_at_each() {
  for (json& job : jobs_) {
    if (is_at_rest(job)) continue;
    if (auto trouble = look_at(job)) return trouble;
  }
  return std::nullopt;
}

/// Reads lists of the jobs in progress. A job that is missing there is at rest now, or changed its state between two
/// lists: reads it by its id.
std::optional<Failure> Follower::refresh_by_list() {
  const JobList listed = jobs_under_way(client_);
  if (!listed) return listed.error();
  std::map<std::string, const json*> by_id;
  for (const json& job : *listed) by_id[text_of(job, "id")] = &job;
  for (json& job : jobs_) {
    if (is_at_rest(job)) continue;
    const auto found = by_id.find(text_of(job, "id"));
    if (found != by_id.end()) {
      job = *found->second;
    } else if (auto trouble = look_at(job)) {
      return trouble;
    }
  }
  return std::nullopt;
}

std::optional<Failure> Follower::look_at(json& job) {
  std::map<std::string, std::string> query;
  if (options_.fresh && jobs_.size() <= most_looked_at_each) query["watch"] = "1";
  Answer fresh = client_.get(control_target({"jobs", text_of(job, "id")}, query));
  if (!fresh) return fresh.error();
  job = std::move(*fresh);
  return std::nullopt;
}

/// Reports once that the daemon does not respond, and that it responds again. Returns how long it has not responded.
SteadyClock::duration Follower::note_absence(const std::optional<Failure>& trouble, ProgressObserver& onlooker) {
  if (!trouble) {
    if (away_since_) onlooker.remark("azrestored responds again");
    away_since_.reset();
    return {};
  }
  if (!away_since_) {
    away_since_ = SteadyClock::now();
    onlooker.remark("azrestored does not respond; its jobs are safe in its database; retrying until it responds");
  }
  return SteadyClock::now() - *away_since_;
}

/// Waits until the next look. Updates the view every second and after a change of the window's size.
void Follower::pause(ProgressObserver& onlooker, SteadyClock::duration length) {
  const auto until = SteadyClock::now() + length;
  for (;;) {
    sleep_or_resize(
        std::chrono::ceil<Millis>(std::min<SteadyClock::duration>(until - SteadyClock::now(), between_looks)));
    if (SteadyClock::now() >= until) return;
    onlooker.update(jobs_, client_.now());
  }
}

ExitCode Follower::code_at_rest() const {
  ExitCode code = ExitCode::done;
  for (const json& job : jobs_) code = worse(code, exit_code_of_state(text_of(job, "state")));
  return code;
}

ExitCode Follower::time_is_up() const {
  const auto running = std::ranges::count_if(jobs_, [](const json& job) { return !is_at_rest(job); });
  console_.note("the time of --timeout is over; still in progress: " + std::to_string(running) + " of " +
                std::to_string(jobs_.size()) + " (the jobs continue)");
  return ExitCode::still_running;
}

ExitCode follow_named(Context& context, const std::vector<std::string>& names, const FollowOptions& options,
                      ProgressObserver& onlooker) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  Client client(*socket);
  const JobList jobs = named_jobs(client, names);
  if (!jobs) return console.fail(jobs.error());
  return Follower(console, client, *jobs, options).follow(onlooker);
}

}  // namespace azrestored::cli
