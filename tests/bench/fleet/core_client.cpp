#include <boost/asio/co_spawn.hpp>
#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>

#include "core/budget/budget_policy.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/engine/supervisor.hpp"
#include "core/jobfile/intake.hpp"
#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "persistence/memory/memory_store.hpp"
#include "tests/bench/fleet/clients.hpp"
#include "tests/support/chance.hpp"
#include "tests/support/one_token.hpp"
#include "tests/support/virtual_time.hpp"

namespace azrestored::bench {
namespace {

/// A fleet that takes longer has failed.
constexpr Millis longest = std::chrono::hours(24 * 60);

class ToAzure final : public Transport {
 public:
  ToAzure(FleetAzure& azure, sim::VirtualTime& time, sim::Chance& chance)
      : azure_(azure), time_(time), chance_(chance) {}
  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    co_await time_.pass(chance_.between(Millis(50), Millis(200)));
    HttpResponse answer = azure_.serve(request, time_.true_now());
    co_await time_.pass(chance_.between(Millis(50), Millis(200)));
    co_return answer;
  }

 private:
  FleetAzure& azure_;
  sim::VirtualTime& time_;
  sim::Chance& chance_;
};

/// Records when each job's end was saved.
class Ends final : public Observer {
 public:
  Ends(sim::VirtualTime& time, int size) : known_at(static_cast<std::size_t>(size), Instant::max()), time_(time) {}
  void changed(const Job& job, const HistoryLine&, std::optional<Millis>) override {
    if (!is_at_rest(job.state)) return;
    std::size_t number = 0;
    std::from_chars(job.name.data() + 1, job.name.data() + job.name.size(), number);
    if (!std::holds_alternative<Succeeded>(job.state)) return lost.push_back(std::string(state_name(job.state)));
    known_at.at(number) = time_.true_now();
    ++ended;
  }
  void notice(std::string_view, const std::string&, const std::string&) override {}

  std::vector<Instant> known_at;
  int ended = 0;
  std::vector<std::string> lost;  // other ends of jobs

 private:
  sim::VirtualTime& time_;
};

std::string job_file(const Fleet& fleet, int number) {
  const std::string group = fleet.group_id(fleet.vault_of(number));
  const nlohmann::json restore = {{"recoveryType", "RestoreDisks"},
                                  {"storageAccountId", group + "/providers/Microsoft.Storage/storageAccounts/contoso" +
                                                           std::to_string(number % 50)},
                                  {"targetResourceGroupId", group}};
  const nlohmann::json file = {{"name", "j" + std::to_string(number)},
                               {"vault", fleet.vault_id(fleet.vault_of(number))},
                               {"virtualMachine", fleet.vm_id(number)},
                               {"validate", "local"},
                               {"restore", restore}};
  return file.dump();
}

std::shared_ptr<MemoryStore::Rows> rows_of(const Fleet& fleet, sim::Chance& chance) {
  auto rows = std::make_shared<MemoryStore::Rows>();
  for (int number = 0; number < fleet.size(); ++number) {
    const std::string text = job_file(fleet, number);
    std::vector<Fault> faults;
    const auto spec = read_job_spec(text, faults);
    if (!spec) throw std::logic_error(faults.front().text());
    auto [job, line] = new_job(*spec, text, Submission{chance.uuid(), "fleet.json", 0, dawn()});
    (*rows)[job.job.id] = MemoryStore::Row{job.job, job.spec, "", {line}};
  }
  return rows;
}

class CoreRun {
 public:
  CoreRun(const Fleet& fleet, Limits limits, std::uint64_t seed)
      : fleet_(fleet), chance_(seed), azure_(fleet, limits, seed), store_("bench", rows_of(fleet, chance_)) {
    sessions_.add("default", arm_);
  }
  ~CoreRun() { time_.abandon(); }
  CoreRun(const CoreRun&) = delete;
  CoreRun& operator=(const CoreRun&) = delete;

  Outcome run() {
    const std::clock_t began = std::clock();
    auto body = [this]() -> asio::awaitable<void> {
      auto recovered = co_await supervisor_.recover();
      if (!recovered) throw std::logic_error(recovered.error().sentence());
      co_await supervisor_.run();
    };
    asio::co_spawn(time_.executor(), std::move(body), [this](std::exception_ptr error) {
      if (error) failure_ = error;
    });
    const auto is_over = [&] { return failure_ || ends_.ended + static_cast<int>(ends_.lost.size()) == fleet_.size(); };
    for (time_.settle(); !is_over() && time_.jump(dawn() + longest);) time_.settle();
    if (failure_) std::rethrow_exception(failure_);
    for (const std::string& state : ends_.lost) std::fprintf(stderr, "a job ended as %s\n", state.c_str());
    Outcome outcome;
    outcome.began_at = dawn();
    outcome.known_at = ends_.known_at;
    take_truth(outcome, azure_);
    outcome.cpu_seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    return outcome;
  }

 private:
  const Fleet& fleet_;
  sim::VirtualTime time_{dawn(), Millis(0)};
  sim::Chance chance_;
  FleetAzure azure_;
  ToAzure transport_{azure_, time_, chance_};
  test::OneToken tokens_;
  MemoryStore store_;
  Ends ends_{time_, fleet_.size()};
  const Policy policy_;
  const BudgetPolicy budget_;
  RateLimiter budgets_{time_, ends_, budget_, policy_};
  ArmClient arm_{
      ArmTarget{FleetAzure::endpoint, "2025-02-01", "2021-11-15"}, transport_, tokens_, chance_, budgets_, "default"};
  ArmClients sessions_;
  std::exception_ptr failure_;
  // Limits would only spread the starts, which are not measured.
  Supervisor supervisor_{time_.executor(),
                         sessions_,
                         store_,
                         time_,
                         chance_,
                         budgets_,
                         ends_,
                         policy_,
                         Supervisor::Limits{10000, ConcurrencyLimits{10000, 10000, 10000, 10000}},
                         [this](std::exception_ptr error) { failure_ = error; }};
};

}  // namespace

Outcome run_core(const Fleet& fleet, Limits limits, std::uint64_t seed) {
  return CoreRun(fleet, limits, seed).run();
}

}  // namespace azrestored::bench
