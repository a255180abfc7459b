// azrestorectl watch: follows jobs until all of them are at rest, and ends with the most urgent of their codes; 6 when
// --timeout was up before, 9 when the daemon stayed away. A daemon that restarts is waited for.
#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "core/job_view.hpp"
#include "daemon/cli/client.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/job_text.hpp"
#include "daemon/cli/jobs.hpp"
#include "daemon/cli/watch_view.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;

constexpr auto between_looks = std::chrono::seconds(1);
/// How long a daemon may be away when no --timeout says otherwise: long enough for a restart.
constexpr auto longest_absence = std::chrono::seconds(60);
/// Fresh details cost reads of Azure's budget (API.md 9.2); who watches more jobs sees what the daemon learns anyway.
constexpr std::size_t most_with_fresh_details = 20;

bool is_at_rest(const json& job) {
  return job.value("atRest", false);
}

Instant now() {
  return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

using JobList = boost::system::result<std::vector<json>, Failure>;

/// The details of the named jobs, each once.
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

/// It goes on without a person.
bool is_under_way(std::string_view state) {
  return exit_code_of(state) == static_cast<int>(ExitCode::still_running) || state == "in-doubt";
}

/// The summaries of all jobs under way, oldest first. Asked for state by state: finished jobs may be very many.
JobList jobs_under_way(Client& client) {
  std::map<std::string, json> by_age;  // a job that moves on meanwhile is met twice
  for (const std::string_view state : state_names()) {
    if (!is_under_way(state)) continue;
    std::map<std::string, std::string> query{{"state", std::string(state)},
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

class Watching {
 public:
  Watching(const Console& console, Client& client, std::vector<json> jobs, std::optional<Millis> timeout)
      : console_(console),
        client_(client),
        view_(make_watch_view(console)),
        jobs_(std::move(jobs)),
        timeout_(timeout) {}

  ExitCode run() {
    const auto begun = SteadyClock::now();
    for (;;) {
      const auto trouble = look();
      if (trouble && exit_code_of_error(trouble->code()) != ExitCode::unreachable) return console_.fail(*trouble);
      const auto absence = note_absence(trouble);
      view_->update(jobs_, now());
      if (!trouble && std::ranges::all_of(jobs_, is_at_rest)) return at_rest();
      const bool timed_out = timeout_ && SteadyClock::now() - begun >= *timeout_;
      if (trouble && (timed_out || (!timeout_ && absence >= longest_absence))) return console_.fail(*trouble);
      if (timed_out) return time_is_up();
      std::this_thread::sleep_for(between_looks);
    }
  }

 private:
  /// Reads again every job that is not at rest; the first failure ends it.
  std::optional<Failure> look() {
    std::map<std::string, std::string> query;
    if (jobs_.size() <= most_with_fresh_details) query["watch"] = "1";
    for (json& job : jobs_) {
      if (is_at_rest(job)) continue;
      Answer fresh = client_.get(control_target({"jobs", text_of(job, "id")}, query));
      if (!fresh) return fresh.error();
      job = std::move(*fresh);
    }
    return std::nullopt;
  }

  /// Says once that the daemon went away, and that it is back. How long it has been away.
  SteadyClock::duration note_absence(const std::optional<Failure>& trouble) {
    if (!trouble) {
      if (away_since_) view_->remark("azrestored is back");
      away_since_.reset();
      return {};
    }
    if (!away_since_) {
      away_since_ = SteadyClock::now();
      view_->remark("azrestored is away; its jobs are safe in its database; trying again until it is back");
    }
    return SteadyClock::now() - *away_since_;
  }

  ExitCode at_rest() {
    view_->finish(jobs_);
    ExitCode code = ExitCode::done;
    for (const json& job : jobs_) code = worse(code, exit_code_of_state(text_of(job, "state")));
    return code;
  }

  ExitCode time_is_up() {
    const auto running = std::ranges::count_if(jobs_, [](const json& job) { return !is_at_rest(job); });
    console_.note("the time is up; still under way: " + std::to_string(running) + " of " +
                  std::to_string(jobs_.size()) + " (the daemon goes on)");
    return ExitCode::still_running;
  }

  const Console& console_;
  Client& client_;
  std::unique_ptr<WatchView> view_;
  std::vector<json> jobs_;
  std::optional<Millis> timeout_;
  std::optional<SteadyClock::time_point> away_since_;
};

}  // namespace

ExitCode run(Context& context, const Watch& command) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  Client client(*socket);
  const JobList jobs = command.jobs.empty() ? jobs_under_way(client) : named_jobs(client, command.jobs);
  if (!jobs) return console.fail(jobs.error());
  if (jobs->empty()) {
    console.note("no job is under way; `azrestorectl list` shows those that are finished or held");
    return ExitCode::done;
  }
  return Watching(console, client, *jobs, command.timeout).run();
}

}  // namespace azrestored::cli
