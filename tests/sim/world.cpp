#include "tests/sim/world.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <list>

#include "core/budget/budget_policy.hpp"
#include "core/engine/supervisor.hpp"
#include "core/jobfile/intake.hpp"
#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "tests/sim/mortal_ports.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono;

constexpr Instant birth = Instant(sys_days(year(2026) / 11 / 22));

/// Checks that notices hold no secret; changes are checked when they are saved.
class Listener final : public Observer {
 public:
  explicit Listener(Invariants& invariants) : invariants_(invariants) {}
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view, const std::string&, const std::string& sentence) override {
    invariants_.reported(sentence);
  }

 private:
  Invariants& invariants_;
};

/// Azure's quotas are not part of this test.
constexpr BudgetPolicy plenty{.reads_per_hour = 1'000'000,
                              .reserve_percent = 10,
                              .subscription_reads_per_s = 10'000,
                              .subscription_writes_per_s = 10'000};

/// One life of the daemon, from its start to a crash or to the end.
class DaemonInstance {
 public:
  DaemonInstance(Surroundings around, std::shared_ptr<MemoryStore::Rows> rows, Instant true_now, Millis clock_error,
                 const Policy& policy, const ConcurrencyLimits& caps)
      : time(true_now, clock_error),
        memory("sim", std::move(rows)),
        store(around, time, memory),
        transport(around, time),
        tokens(around, time),
        listener(around.invariants),
        budgets(time, listener, plenty, policy),
        arm(ArmTarget{"https://management.example", "2025-02-01", "2021-11-15"}, transport, tokens, around.chance,
            budgets, "default"),
        supervisor(time.executor(), sessions, store, time, around.chance, budgets, listener, policy,
                   Supervisor::Limits{10000, caps}, [this](std::exception_ptr error) { failure = error; }) {}
  ~DaemonInstance() { time.abandon(); }
  DaemonInstance(const DaemonInstance&) = delete;
  DaemonInstance& operator=(const DaemonInstance&) = delete;

  void start() {
    sessions.add("default", arm);
    auto body = [this]() -> asio::awaitable<void> {
      // The real daemon exits if its store fails at the start, and systemd starts it again.
      for (bool recovered = false; !recovered;) {
        recovered = (co_await supervisor.recover()).has_value();
        if (!recovered) co_await time.pass(seconds(5));
      }
      co_await supervisor.run();
    };
    asio::co_spawn(time.executor(), std::move(body), [this](std::exception_ptr error) {
      if (error) failure = error;
    });
  }

  /// `answered` receives true if the operator got a final response, and false if the command must be repeated.
  void command(const JobId& job, const EventPayload& wanted, std::function<void(bool)> answered) {
    asio::co_spawn(time.executor(), supervisor.command(job, wanted),
                   [answered = std::move(answered)](std::exception_ptr, const Result<Job>& answer) {
                     answered(answer.has_value() || answer.error().kind() == ErrorKind::refused);
                   });
  }

  VirtualTime time;
  MemoryStore memory;
  CrashingStore store;
  CrashingTransport transport;
  CrashingTokens tokens;
  Listener listener;
  RateLimiter budgets;
  ArmClient arm;
  ArmClients sessions;
  Supervisor supervisor;
  std::exception_ptr failure;
};

class World {
 public:
  explicit World(const RunOptions& options)
      : options_(options),
        report_(report_with_time()),
        chance_(options.seed),
        invariants_(options.caps),
        azure_(chance_, weather_, invariants_, [this](const std::string& job) { return attempt_of(job); }),
        crash_injector_(chance_, weather_, options.crash_one_in, options.crash_at),
        around_{chance_, weather_, invariants_, crash_injector_, azure_, disk_, report_},
        interferences_(options.interferences.begin(), options.interferences.end()) {
    weather_.on = options.faults;
    weather_.posts = options.posts;
    azure_.results = options.ends;
    azure_.longest = options.longest_restore;
    disk_.fails_one_in = options.disk_fails_one_in;
    disk_.full_from = birth + chance_.between(Millis(0), hours(1));
    disk_.full_until = disk_.full_from + options.disk_full_for;
    policy_.quiet_period = weather_.longest_effect + weather_.longest_list_lag + seconds(61);
    for (std::size_t number = 0; number < options.jobs.size(); ++number) drop(static_cast<int>(number));
  }

  RunResult run() {
    // If a limit is full, the jobs run one after the other.
    const auto turns = options_.caps.per_subscription < ConcurrencyLimits().per_subscription ? options_.jobs.size() : 1;
    Instant end = birth + troubled_for + static_cast<int>(turns) * (options_.longest_restore + time_to_settle);
    // A clock that is set back within a life of the daemon delays what is due by the same time; several such steps add
    // up.
    for (const Interference& each : options_.interferences) {
      if (const auto* step = std::get_if<Millis>(&each.what); step != nullptr && *step < Millis(0)) end -= *step;
    }
    while (true_now_ < end && !done()) {
      live(end);
      if (!crash_injector_.dead()) break;
      crash_injector_.revive();
      ++result_.crashes;
      if (report_) report_("the daemon dies");
      true_now_ += chance_.between(Millis(0), minutes(10));
    }
    conclude();
    return std::move(result_);
  }

 private:
  /// Prints each report with the true time in front.
  std::function<void(const std::string&)> report_with_time() {
    if (!options_.report) return {};
    return [this](const std::string& what) {
      options_.report(to_rfc3339(life_ != nullptr ? life_->time.true_now() : true_now_) + " " + what);
    };
  }

  void drop(int number) {
    const std::string text = job_file(options_.jobs[static_cast<std::size_t>(number)], number);
    std::vector<Fault> faults;
    const auto spec = read_job_spec(text, faults);
    if (!spec) throw std::logic_error(faults.front().text());
    auto [job, line] = new_job(*spec, text, Submission{chance_.uuid(), "sim.json", 0, birth});
    ids_.push_back(job.job.id);
    (*rows_)[job.job.id] = MemoryStore::Row{job.job, job.spec, "", {line}};
  }

  int attempt_of(const std::string& job) const {
    const auto number = static_cast<std::size_t>(std::stoi(job.substr(1)));
    return static_cast<int>(rows_->at(ids_.at(number)).job.progress.earlier.size());
  }

  bool done() const {
    return interferences_.empty() && unanswered_.empty() &&
           std::ranges::all_of(*rows_, [](const auto& row) { return is_at_rest(row.second.job.state); });
  }

  void live(Instant end) {
    DaemonInstance life(around_, rows_, true_now_, clock_error_, policy_, options_.caps);
    life_ = &life;
    life.start();
    for (life.time.settle(); !crash_injector_.dead() && !life.failure && !done() && life.time.true_now() < end;
         life.time.settle()) {
      weather_.on = options_.faults && life.time.true_now() < birth + troubled_for;
      const Instant next = interferences_.empty() ? end : birth + interferences_.front().after;
      if (!life.time.jump(std::min(next, end)) && !interferences_.empty()) interfere(life);
    }
    life_ = nullptr;
    true_now_ = life.time.true_now();
    clock_error_ = life.time.clock_error();
    for (const Interference& asked : std::exchange(unanswered_, {})) ask_again(asked, true_now_);
    if (life.failure) std::rethrow_exception(life.failure);
  }

  void interfere(DaemonInstance& life) {
    const Interference now = interferences_.front();
    interferences_.pop_front();
    if (const auto* step = std::get_if<Millis>(&now.what)) {
      if (report_) report_("the clock is set by " + std::to_string(step->count()) + " ms");
      return life.time.step_clock(*step);
    }
    if (report_) report_("the operator: " + std::string(event_name(std::get<EventPayload>(now.what))));
    const auto asked = unanswered_.insert(unanswered_.end(), now);
    life.command(ids_.at(static_cast<std::size_t>(now.job)), std::get<EventPayload>(now.what),
                 [this, asked, &life](bool answered) {
                   if (!answered) ask_again(*asked, life.time.true_now());
                   unanswered_.erase(asked);
                 });
  }

  /// Repeats a command that got no response, because the daemon died or its disk failed.
  void ask_again(Interference interference, Instant now) {
    interference.after = now - birth + seconds(30);
    const auto at = std::ranges::upper_bound(interferences_, interference.after, {}, &Interference::after);
    interferences_.insert(at, std::move(interference));
  }

  void conclude() {
    result_.port_calls = crash_injector_.calls();
    result_.requests = azure_.requests();
    invariants_.counted(ids_.size(), rows_->size());
    for (const JobId& id : ids_) {
      const MemoryStore::Row& row = rows_->at(id);
      const auto attempts = azure_.attempts(row.job.name, row.job.progress.earlier.size() + 1);
      for (const TrueAttempt& attempt : attempts) result_.restores += static_cast<int>(attempt.restores.size());
      invariants_.ended(row.job, row.history, attempts);
      result_.states += std::string(state_name(row.job.state)) + " ";
    }
    result_.settled_after = std::max<Millis>(Millis(0), true_now_ - (birth + troubled_for));
    result_.digest = invariants_.digest();
    result_.broken = invariants_.broken();
  }

  const RunOptions& options_;
  const std::function<void(const std::string&)> report_;
  Chance chance_;
  Weather weather_;
  Invariants invariants_;
  ModelAzure azure_;
  ModelDisk disk_;
  CrashInjector crash_injector_;
  const Surroundings around_;
  Policy policy_;
  std::shared_ptr<MemoryStore::Rows> rows_ = std::make_shared<MemoryStore::Rows>();
  std::vector<JobId> ids_;
  std::deque<Interference> interferences_;  // by time
  std::list<Interference> unanswered_;
  Instant true_now_ = birth;
  Millis clock_error_{};
  const DaemonInstance* life_ = nullptr;  // the present one
  RunResult result_;
};

}  // namespace

RunResult run_world(const RunOptions& options) {
  return World(options).run();
}

}  // namespace azrestored::sim
