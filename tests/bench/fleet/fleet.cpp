// The cost of restoring a fleet, in virtual time: the real core (Supervisor, runners, watchers, budgets) against a
// model of Azure that counts every request, compared with clients that poll each restore separately.
//
//   fleet_bench [--jobs 10000] [--vaults 10] [--seed 1] [--only WORD]
//
// 10,000 VMs in 10 vaults of one subscription, all requested at the same time. Every run of a row has the same restores
// (lognormal, median 40 minutes) and the same limits: ARM's buckets, and N reads an hour of the backup provider. N is
// applied in two ways: - "every action": each action has its own N. Then the service itself limits how fast a fleet
// starts: one list of
//   recovery points for each restore takes size/N hours, for every client.
// - "job reads": only backupJobs/read is limited to N. Then all restores run at the same time, and the tracking is
// measured.
//
// A delay is from the true end of a restore to the moment when the client knew (ours: when the final state was saved).
// Its reference is the minimum delay of any schedule with these reads; bound.hpp derives it. The median must be within
// 1.5 times of it, and no request may be refused.
//
// Then one vault with 1 to 10,000 restores: the cost of tracking must grow with the pages of a list, not with the jobs.
#include <cstdio>

#include "tests/bench/figure.hpp"
#include "tests/bench/fleet/bound.hpp"
#include "tests/bench/fleet/clients.hpp"

namespace azrestored::bench {
namespace {

using namespace std::chrono_literals;

struct Options {
  int jobs = 10000;
  int vaults = 10;
  std::uint64_t seed = 1;
  std::string only;  // only scenarios with this text in their name
};

struct Scenario {
  std::string name;
  Limits limits;
};

/// In each response, so that a client knows it.
constexpr int plenty = 1'000'000;

std::vector<Scenario> scenarios() {
  std::vector<Scenario> all;
  for (const BudgetForm form : {BudgetForm::window, BudgetForm::refill}) {
    for (const bool every : {true, false}) {
      for (const int n : {150, 300, 800}) {
        std::string name = std::to_string(n) + " an hour, ";
        name += every ? "every action" : "job reads";
        name += form == BudgetForm::window ? ", window" : ", refill";
        all.push_back({std::move(name), Limits{n, every ? n : plenty, form}});
      }
    }
  }
  return all;
}

void print_head() {
  std::fprintf(stderr, "%-36s %-14s %6s %7s %8s %7s %9s %9s %9s %6s %6s\n", "limits", "client", "done", "hours",
               "requests", "a job", "refused", "p50", "p99", "ratio", "cpu s");
}

void print_row(const Scenario& scenario, const std::string& client, const Outcome& outcome, Delays delays,
               double ratio) {
  const double a_job = static_cast<double>(requests_of(outcome)) / static_cast<double>(outcome.known_at.size());
  std::fprintf(stderr, "%-36s %-14s %6d %7.1f %8d %7.2f %9d %8.0fs %8.0fs %6.2f %6.1f\n", scenario.name.c_str(),
               client.c_str(), done_in(outcome), hours_of(outcome), requests_of(outcome), a_job, refused_of(outcome),
               delays.p50_s, delays.p99_s, ratio, outcome.cpu_seconds);
}

void print_bound(const char* name, Delays delays, double ratio) {
  std::fprintf(stderr, "%-36s %-14s %6s %7s %8s %7s %9s %8.0fs %8.0fs %6.2f\n", "", name, "", "", "", "", "",
               delays.p50_s, delays.p99_s, ratio);
}

void print_beside(const std::string& name, double ours, const std::string& unit, double beside,
                  const std::string& what) {
  print(Figure{name + ", beside " + what, ours, unit, beside, what});
}

void print_figures(const Scenario& scenario, const Outcome& ours, Delays least, Delays by_list) {
  const std::string name = "fleet, " + scenario.name + ": ";
  const Delays delays = delays_of(ours);
  const auto size = static_cast<double>(ours.known_at.size());
  print(at_least(Figure{name + "restores brought back exactly once", done_in(ours) / size, "of all"}, 1));
  print(at_most(Figure{name + "refused requests (429)", static_cast<double>(refused_of(ours)), "requests"}, 0));
  print(at_most(Figure{name + "delay of a known end, p50", delays.p50_s, "s", least.p50_s, "the least possible"}, 1.5));
  print(Figure{name + "delay of a known end, p99", delays.p99_s, "s", least.p99_s, "the least possible"});
  print_beside(name + "delay of a known end, p50", delays.p50_s, "s", by_list.p50_s,
               "the least by the service's lists");
  print(Figure{name + "requests per restore", requests_of(ours) / size, "requests"});
  for (const auto& [action, tally] : ours.tallies)
    print(Figure{name + "requests per restore, " + action, tally.asked / size, "requests"});
  Figure hours{name + "time to the last known end", hours_of(ours), "h"};
  if (scenario.limits.other_reads == scenario.limits.job_reads) {
    hours.beside = size / scenario.limits.other_reads;
    hours.beside_what = "one list of points for each restore";
  }
  print(hours);
}

void print_against(const Scenario& scenario, const Outcome& ours, const std::string& client, const Outcome& theirs) {
  const std::string name = "fleet, " + scenario.name + ": ";
  const auto size = static_cast<double>(ours.known_at.size());
  print_beside(name + "refused requests (429)", refused_of(ours), "requests", refused_of(theirs), client);
  print_beside(name + "requests per restore", requests_of(ours) / size, "requests", requests_of(theirs) / size, client);
  print_beside(name + "delay of a known end, p50", delays_of(ours).p50_s, "s", delays_of(theirs).p50_s, client);
  print_beside(name + "delay of a known end, p99", delays_of(ours).p99_s, "s", delays_of(theirs).p99_s, client);
  print_beside(name + "time to the last known end", hours_of(ours), "h", hours_of(theirs), client);
}

void measure(const Scenario& scenario, const Options& options) {
  const Fleet fleet = make_fleet(options.jobs, options.vaults, options.seed);
  const Outcome ours = run_core(fleet, scenario.limits, options.seed);
  const Delays least = least_delays(fleet, ours.restores, scenario.limits, Rows::unknown_only);
  const Delays by_list = least_delays(fleet, ours.restores, scenario.limits, Rows::since_oldest);
  const Delays delays = delays_of(ours);
  print_row(scenario, "azrestored", ours, delays, delays.p50_s / least.p50_s);
  print_bound("(least)", least, 1);
  print_bound("(by its lists)", by_list, by_list.p50_s / least.p50_s);
  print_figures(scenario, ours, least, by_list);
  const Outcome each_30_s = run_pollers(fleet, scenario.limits, options.seed, 30s);
  print_row(scenario, "every 30 s", each_30_s, delays_of(each_30_s), delays_of(each_30_s).p50_s / least.p50_s);
  const Outcome at_hint = run_pollers(fleet, scenario.limits, options.seed, 60s);
  print_row(scenario, "at Retry-After", at_hint, delays_of(at_hint), delays_of(at_hint).p50_s / least.p50_s);
  print_against(scenario, ours, "polling each 30 s", each_30_s);
  print_against(scenario, ours, "polling at Retry-After", at_hint);
}

/// One vault; only backupJobs/read is limited.
void measure_growth(const Options& options) {
  std::fprintf(stderr, "\n%-36s %6s %7s %7s %9s %8s %9s %9s\n", "one vault, 800 job reads an hour", "jobs", "pages",
               "lists", "a list", "details", "p50", "p99");
  for (const int jobs : {1, 10, 100, 1000, 10000}) {
    if (jobs > options.jobs) break;
    const Fleet fleet = make_fleet(jobs, 1, options.seed);
    const Outcome ours = run_core(fleet, Limits{800, plenty, BudgetForm::window}, options.seed);
    const int pages = (jobs + page_size - 1) / page_size;
    const Delays delays = delays_of(ours);
    const int reads = tally_of(ours, "/backupJobs/read").asked;
    const double a_list = static_cast<double>(reads - ours.gets) / std::max(1, ours.lists);
    const double details = static_cast<double>(ours.gets) / jobs;
    std::fprintf(stderr, "%-36s %6d %7d %7d %9.2f %8.2f %8.0fs %8.0fs\n", "", jobs, pages, ours.lists, a_list, details,
                 delays.p50_s, delays.p99_s);
    const std::string name = "one vault, " + std::to_string(jobs) + " jobs: ";
    Figure tracking{name + "requests per interval of tracking", a_list, "requests", pages, "the pages of the list"};
    print(at_most(tracking, 1));
    // Only from the headroom of the quota.
    print(Figure{name + "reads of details per restore", details, "requests"});
    print(at_most(Figure{name + "refused requests (429)", static_cast<double>(refused_of(ours)), "requests"}, 0));
  }
}

Options options_of(int argc, char** argv) {
  Options options;
  if (is_brief()) options.jobs = 200;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const char* value = argv[i + 1];
    if (name == "--jobs") options.jobs = std::stoi(value);
    if (name == "--vaults") options.vaults = std::stoi(value);
    if (name == "--seed") options.seed = std::stoull(value);
    if (name == "--only") options.only = value;
  }
  return options;
}

}  // namespace
}  // namespace azrestored::bench

int main(int argc, char** argv) {
  using namespace azrestored::bench;
  const Options options = options_of(argc, argv);
  print_head();
  for (const Scenario& scenario : scenarios()) {
    if (scenario.name.find(options.only) != std::string::npos) measure(scenario, options);
  }
  if (std::string("one vault").find(options.only) != std::string::npos) measure_growth(options);
  return 0;
}
