#include "tests/sim/world.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>

#include "core/intake.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono;

constexpr Instant birth = Instant(hours(24 * 365 * 56));
constexpr Millis troubled_for = hours(12);
/// Everything must be at rest by then: the longest restore, two quiet periods and the longest back-off fit many times.
constexpr Millis bound = troubled_for + hours(24);

/// Decides at which port call the daemon dies. A dying daemon's calls never return.
class Reaper {
 public:
  Reaper(Chance& chance, const Trouble& trouble, const RunOptions& options)
      : chance_(chance), trouble_(trouble), options_(options) {}

  bool dies_here() {
    if (dead_) return true;
    ++calls_;
    const bool by_order = options_.crash_at_call == calls_;
    const bool by_chance = trouble_.on && options_.crash_one_in > 0 && chance_.one_in(options_.crash_one_in);
    dead_ = by_order || by_chance;
    return dead_;
  }
  [[nodiscard]] bool dead() const { return dead_; }
  void revive() { dead_ = false; }
  [[nodiscard]] int calls() const { return calls_; }

 private:
  Chance& chance_;
  const Trouble& trouble_;
  const RunOptions& options_;
  bool dead_ = false;
  int calls_ = 0;
};

asio::awaitable<void> never_return() {
  asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::use_awaitable);
}

class MortalStore final : public JobStore {
 public:
  MortalStore(MemoryStore& store, Reaper& reaper) : store_(store), reaper_(reaper) {}

  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override {
    if (reaper_.dies_here()) co_await never_return();
    auto saved = co_await store_.save(std::move(job), std::move(line));
    if (reaper_.dies_here()) co_await never_return();
    co_return saved;
  }
  asio::awaitable<Result<void>> insert(NewJob job, HistoryLine line) override {
    return store_.insert(std::move(job), std::move(line));
  }
  asio::awaitable<Result<Job>> load(JobId id) override { return store_.load(std::move(id)); }
  asio::awaitable<Result<std::string>> spec(JobId id) override { return store_.spec(std::move(id)); }
  asio::awaitable<Result<std::vector<Job>>> claim(int limit) override {
    if (reaper_.dies_here()) co_await never_return();
    co_return co_await store_.claim(limit);
  }
  asio::awaitable<Result<void>> release_claims() override { return store_.release_claims(); }
  asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) override { return store_.list(std::move(query)); }
  asio::awaitable<Result<std::vector<Job>>> find(std::string text) override { return store_.find(std::move(text)); }
  asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) override { return store_.history(std::move(id)); }
  asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() override {
    return store_.count_by_state();
  }

 private:
  MemoryStore& store_;
  Reaper& reaper_;
};

class MortalTransport final : public Transport {
 public:
  MortalTransport(ModelAzure& azure, Reaper& reaper, VirtualClock& clock, Chance& chance)
      : azure_(azure), reaper_(reaper), clock_(clock), chance_(chance) {}

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    if (reaper_.dies_here()) co_await never_return();
    auto answer = azure_.serve(request, clock_.now());
    const auto alarm = clock_.make_alarm();
    co_await alarm->wait_until(clock_.now() + chance_.between(Millis(1), seconds(chance_.one_in(10) ? 60 : 1)));
    if (reaper_.dies_here()) co_await never_return();
    co_return answer;
  }

 private:
  ModelAzure& azure_;
  Reaper& reaper_;
  VirtualClock& clock_;
  Chance& chance_;
};

class FixedToken final : public TokenSource {
 public:
  asio::awaitable<Result<std::string>> token() override { co_return std::string("token"); }
  void refused(const std::string&) override {}
};

class Quiet final : public Observer {
 public:
  void changed(const Job&, const HistoryLine&) override {}
  void notice(std::string_view, const std::string&, const std::string&) override {}
};

/// Every third job restores into another region; of the others, every second is checked by the service's pre-flight.
std::string job_file(int number) {
  const nlohmann::json group = "/subscriptions/s/resourceGroups/rg";
  nlohmann::json file = {
      {"vault",
       "/subscriptions/s/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v" + std::to_string(number % 2)},
      {"virtualMachine", "vm" + std::to_string(number % 8)},
      {"restore",
       {{"recoveryType", "RestoreDisks"},
        {"storageAccountId", "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a"},
        {"targetResourceGroupId", group}}}};
  if (number % 3 == 1) file["crossRegion"]["region"] = "eastus";
  if (number % 3 == 2) file["validate"] = "none";
  return file.dump();
}

/// One life of the daemon, from start to crash or to the end.
struct Life {
  Life(std::shared_ptr<MemoryStore::Rows> rows, ModelAzure& azure, Reaper& reaper, Chance& chance, Instant start,
       const Policy& policy)
      : clock(loop, start),
        memory("sim", std::move(rows)),
        store(memory, reaper),
        transport(azure, reaper, clock, chance),
        arm(ArmTarget{"https://management.example", "2025-02-01", "2021-11-15"}, transport, tokens, chance),
        supervisor(loop.get_executor(), sessions, store, clock, chance, observer, policy, Supervisor::Limits{},
                   [this](std::exception_ptr error) { failure = error; }) {}

  void start() {
    sessions.add("default", arm);
    auto body = [this]() -> asio::awaitable<void> {
      auto recovered = co_await supervisor.recover();
      if (recovered) co_await supervisor.run();
    };
    asio::co_spawn(loop, std::move(body), [this](std::exception_ptr error) {
      if (error) failure = error;
    });
  }

  // The clock outlives the loop, which destroys the coroutines that a crash left hanging, and their alarms.
  VirtualClock clock;
  asio::io_context loop{1};
  MemoryStore memory;
  MortalStore store;
  MortalTransport transport;
  FixedToken tokens;
  Quiet observer;
  ArmSession arm;
  ArmSessions sessions;
  Supervisor supervisor;
  std::exception_ptr failure;
};

struct Command {
  Instant at{};
  JobId job;
  Happening wanted;
};

/// A person who cancels, holds, releases and retries, now and then without sense; the last command of all first.
std::vector<Command> commands_for(const MemoryStore::Rows& rows, Chance& chance) {
  std::vector<Command> commands;
  for (const auto& [id, row] : rows) {
    for (int count = chance.below(5); count > 0; --count) {
      const Happening wanted[] = {CancelRequested{0}, HoldRequested{0}, ReleaseRequested{0}, RetryRequested{0, false}};
      commands.push_back({birth + chance.between(Millis(0), hours(4)), id, wanted[chance.below(4)]});
    }
  }
  std::ranges::sort(commands, std::greater<>(), &Command::at);
  return commands;
}

bool all_at_rest(const MemoryStore::Rows& rows) {
  return std::ranges::all_of(rows, [](const auto& row) { return is_at_rest(row.second.job.state); });
}

/// What an attempt ended as, and what is true of it in Azure.
std::string truth_of(const ModelAzure& azure, const std::string& request_id) {
  const auto* restore = request_id.empty() ? nullptr : azure.restore_of(request_id);
  if (restore == nullptr) return "none";
  return restore->cancelled ? "Cancelled" : restore->result;
}

void check_job(const MemoryStore::Row& row, const ModelAzure& azure, RunResult& result) {
  const Job& job = row.job;
  const std::string state(state_name(job.state));
  const auto violation = [&](const std::string& what) {
    result.violations.push_back(job.vm + " (" + state + "): " + what);
  };
  const int started = job.progress.request_id.empty() ? 0 : azure.started(job.progress.request_id);
  if (started > 1) violation("restored " + std::to_string(started) + " times");
  for (const EarlierAttempt& attempt : job.progress.earlier) {
    const std::string was = truth_of(azure, attempt.request_id);
    if (!attempt.request_id.empty() && azure.started(attempt.request_id) > 1) violation("an attempt restored twice");
    if (attempt.state == "failed" && was != "Failed" && was != "none") violation("tried again, but in Azure: " + was);
    if (attempt.state == "cancelled" && was != "Cancelled" && was != "none") violation("tried again after " + was);
  }
  if (!is_at_rest(job.state)) violation("not at rest at the end");
  const std::string truth = truth_of(azure, job.progress.request_id);
  if (state == "succeeded" && truth != "Completed") violation("reported as succeeded, but in Azure: " + truth);
  if (state == "succeeded-with-warnings" && truth != "CompletedWithWarnings") violation("in Azure: " + truth);
  if (state == "failed" && truth != "Failed") violation("reported as failed, but in Azure: " + truth);
  if (state == "cancelled" && truth != "Cancelled" && truth != "none")
    violation("reported as cancelled, but in Azure: " + truth);
  if (row.history.empty() || row.history.back().to != state) violation("the history ends elsewhere");
}

}  // namespace

RunResult run_world(const RunOptions& options) {
  Chance chance(options.seed);
  Trouble trouble;
  Reaper reaper(chance, trouble, options);
  ModelAzure azure(chance, trouble);
  Policy policy;
  policy.quiet_period = trouble.longest_effect + trouble.longest_list_lag + seconds(31);
  auto rows = std::make_shared<MemoryStore::Rows>();
  RunResult result;

  for (int number = 0; number < options.jobs; ++number) {
    std::vector<Fault> faults;
    const std::string text = job_file(options.first_job + number);
    const auto spec = read_job_spec(text, faults);
    if (!spec) throw std::logic_error(faults.front().text());
    auto [job, line] = new_job(*spec, text, Submission{chance.uuid(), "sim.json", 0, birth});
    (*rows)[job.job.id] = MemoryStore::Row{job.job, job.spec, "", {line}};
  }
  std::vector<Command> commands = options.commands ? commands_for(*rows, chance) : std::vector<Command>();

  Instant now = birth;
  while (now < birth + bound && (!all_at_rest(*rows) || !commands.empty())) {
    Life life(rows, azure, reaper, chance, now, policy);
    life.start();
    while (life.clock.advance(birth + bound) && !reaper.dead() && !life.failure &&
           (!all_at_rest(*rows) || !commands.empty())) {
      trouble.on = life.clock.now() < birth + troubled_for;
      if (!commands.empty() && life.clock.now() >= commands.back().at) {
        const Command command = commands.back();
        commands.pop_back();
        asio::co_spawn(life.loop, life.supervisor.command(command.job, command.wanted),
                       [](std::exception_ptr, Result<Job>) {});
      }
    }
    now = life.clock.now();
    if (life.failure) std::rethrow_exception(life.failure);
    if (!reaper.dead()) break;
    reaper.revive();
    ++result.crashes;
    now += chance.between(Millis(0), minutes(10));
  }
  result.port_calls = reaper.calls();
  for (const auto& [id, row] : *rows) {
    check_job(row, azure, result);
    result.states += std::string(state_name(row.job.state)) + " ";
  }
  return result;
}

}  // namespace azrestored::sim
