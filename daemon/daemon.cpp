#include "daemon/daemon.hpp"

#include <malloc.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <exception>

#include "core/retention.hpp"
#include "core/supervisor.hpp"
#include "daemon/as_result.hpp"
#include "daemon/azure_desk.hpp"
#include "daemon/budgets_status.hpp"
#include "daemon/control_server.hpp"
#include "daemon/crashing_ports.hpp"
#include "daemon/even_clock.hpp"
#include "daemon/https_transport.hpp"
#include "daemon/log.hpp"
#include "daemon/log_observer.hpp"
#include "daemon/log_settings.hpp"
#include "daemon/lost_database.hpp"
#include "daemon/random_ids.hpp"
#include "daemon/settings_reload.hpp"
#include "daemon/sign_ins.hpp"
#include "daemon/spool_inbox.hpp"
#include "daemon/status_line.hpp"
#include "daemon/system_clock.hpp"
#include "daemon/systemd_notify.hpp"
#include "persistence/sqlite_store.hpp"

namespace azrestored {
namespace {

constexpr int exit_cannot_run = 1;
/// Kept apart, so that systemd does not start the daemon again: on a database that somebody has just put in the place
/// of another it would carry out old jobs.
constexpr int exit_database_lost = 3;

/// What is under way at SIGTERM gets this long; then its connections are closed. systemd waits for much longer, a
/// person does not like to.
constexpr auto stop_grace = std::chrono::seconds(3);
/// How soon a damaged or removed database is noticed by a daemon that has nothing to save, and a clock that was set.
constexpr auto watch_interval = std::chrono::seconds(1);
/// How often `systemctl status` gets news.
constexpr auto status_interval = std::chrono::seconds(5);
/// After the connections are closed, saving takes no longer than this.
constexpr auto stop_limit = std::chrono::seconds(1);

TransportOptions transport_options(const Settings& settings) {
  TransportOptions options;
  options.ca_file = settings.arm.ca_file;
  options.connections = settings.limits.connections;
  return options;
}

class Daemon final : public ControlBackend {
 public:
  Daemon(Settings settings, const std::string& settings_file, asio::io_context& loop, SqliteStore& store)
      : settings_(std::move(settings)),
        loop_(loop),
        clock_(loop_.get_executor()),
        work_clock_(loop_.get_executor()),
        started_at_(clock_.now()),
        transport_(loop_.get_executor(), transport_options(settings_)),
        database_(store),
        budget_store_(store),
        budgets_(work_clock_, observer_, settings_.policy),
        store_(store),
        arm_transport_(transport_),
        sign_ins_(settings_, loop_.get_executor(), SignInPorts{transport_, clock_, ids_, process_environment()},
                  arm_transport_, budgets_),
        supervisor_(loop_.get_executor(), sign_ins_.sessions(), store_, work_clock_, ids_, budgets_, observer_,
                    settings_.policy, supervisor_limits(), [this](std::exception_ptr error) { fatal(error); }),
        spool_(
            loop_.get_executor(), settings_.spool.directory, store_, ids_, clock_, observer_,
            [this] { supervisor_.wake(); }, SpoolInbox::Options{}),
        retention_(store, spool_, work_clock_, observer_, settings_.retention.finished_jobs,
                   [this](std::int64_t jobs) { tell_removed(jobs); }),
        desk_(loop_.get_executor(), sign_ins_.sessions(), clock_, ids_, settings_.policy),
        control_(loop_, store_, *this, control_options(settings_)),
        notify_(loop_.get_executor()),
        reload_(loop_, settings_file, settings_, notify_, [this] { take_up_settings(); }),
        signals_(loop_, SIGTERM, SIGINT),
        watch_timer_(loop_),
        status_timer_(loop_),
        stop_timer_(loop_) {}

  int run() {
    signals_.async_wait([this](boost::system::error_code error, int) {
      if (!error) stop();
    });
    spawn(start());
    loop_.run();
    return exit_code_;
  }

  // ControlBackend
  asio::awaitable<Result<Job>> command(JobId id, Happening wanted) override {
    return supervisor_.command(std::move(id), std::move(wanted));
  }
  asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion question) override {
    return desk_.vms(std::move(question));
  }
  asio::awaitable<Result<nlohmann::json>> points(PointsQuestion question) override {
    return desk_.points(std::move(question));
  }
  asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec spec) override { return desk_.dry_run(std::move(spec)); }
  std::optional<Waiting> waiting(const Job& job) override { return supervisor_.waiting(job); }
  std::optional<Instant> goes_on_at(const JobId& id) override { return supervisor_.goes_on_at(id); }
  void watched(JobId id) override { supervisor_.watched(id); }
  nlohmann::json status() override {
    return {{"startedAt", to_rfc3339(started_at_)},
            {"active", supervisor_.active()},
            {"store", settings_.store.path},
            {"spool",
             {{"directory", settings_.spool.directory},
              {"accepted", spool_.counters().accepted},
              {"rejected", spool_.counters().rejected},
              {"leftAlone", spool_.counters().left_alone}}},
            {"signIn", sign_ins_.status()},
            {"budgets", budgets_status(budgets_)},
            {"arm", settings_.arm.endpoint}};
  }

 private:
#ifdef AZRESTORED_CRASH_POINTS
  using StorePort = CrashingStore;
  using TransportPort = CrashingTransport;
#else
  using StorePort = JobStore&;
  using TransportPort = Transport&;
#endif

  static ControlServer::Options control_options(const Settings& settings) {
    ControlServer::Options options;
    options.path = settings.control.socket;
    return options;
  }

  asio::awaitable<void> start() {
    if (const auto listening = control_.start(); !listening) give_up(listening.error().sentence());
    if (const auto budgets = co_await budget_store_.budgets(); budgets) {
      budgets_.restore(*budgets);
    } else {
      give_up("cannot read what is left of Azure's budgets: " + budgets.error().sentence());
    }
    spawn(budgets_.keep(budget_store_));
    if (auto recovered = co_await supervisor_.recover(); !recovered)
      give_up("cannot read the jobs: " + recovered.error().sentence());
    co_await spool_.scan_once();
    if (stopping_) co_return;
    spawn(supervisor_.run());
    spawn(spool_.run());
    spawn(retention_.run());
    spawn(watch_machine());
    supervisor_.wake();
    notify_.ready(co_await status_text());
    reload_.start();
    spawn(tell_status());
    ::malloc_trim(0);  // thousands of rows have passed through memory, and glibc keeps what they took
    log::event(log::Level::info, "daemon.ready",
               {{"version", AZRESTORED_VERSION},
                {"pid", ::getpid()},
                {"active", supervisor_.active()},
                {"arm", settings_.arm.endpoint}});
  }

  /// Trying again helps no database that is damaged or gone: the daemon ends, as whatever it took in would be lost.
  asio::awaitable<void> watch_machine() {
    while (!stopping_) {
      if (const auto trouble = database_.trouble()) give_up(trouble->sentence());
      if (const auto step = work_clock_.step()) tell_step(*step);
      watch_timer_.expires_after(watch_interval);
      co_await watch_timer_.async_wait(as_result);
    }
  }

  /// As often as a person looks; a line that has not changed is not sent again.
  asio::awaitable<void> tell_status() {
    while (!stopping_) {
      status_timer_.expires_after(status_interval);
      co_await status_timer_.async_wait(as_result);
      if (!stopping_) notify_.status(co_await status_text());
    }
  }

  asio::awaitable<std::string> status_text() {
    Condition condition;
    const auto counts = co_await store_.count_by_state();
    if (counts) {
      condition.jobs = *counts;
    } else {
      condition.problem = counts.error().sentence();
    }
    if (const auto next = supervisor_.next_poll()) condition.next_poll = *next - work_clock_.now();
    if (const auto problem = sign_ins_.problem()) condition.problem = *problem;
    co_return status_line(condition);
  }

  [[nodiscard]] Supervisor::Limits supervisor_limits() const {
    return {settings_.limits.active_jobs, settings_.limits.caps};
  }

  void take_up_settings() {
    supervisor_.set_limits(supervisor_limits());
    retention_.keep_for(settings_.retention.finished_jobs);
  }

  static void tell_step(Millis step) {
    const auto seconds = std::chrono::round<std::chrono::seconds>(step).count();
    log::event(log::Level::warning, "clock.set",
               {{"detail", "the machine's clock was set by " + std::to_string(seconds) +
                               " s; jobs wait as long as they would have, and their histories are told by the old "
                               "clock, until azrestored is restarted"}});
  }

  void tell_removed(std::int64_t jobs) {
    log::event(log::Level::info, "retention.removed",
               {{"jobs", jobs}, {"older_than", to_duration(settings_.retention.finished_jobs)}});
  }

  /// Runs a part of the daemon; without any one of them there is no daemon.
  void spawn(asio::awaitable<void> part) {
    asio::co_spawn(loop_, std::move(part), [this](std::exception_ptr error) {
      if (error) fatal(error);
    });
  }

  [[noreturn]] static void give_up(const std::string& sentence) {
    throw std::runtime_error(sentence);
  }

  void fatal(std::exception_ptr error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& thrown) {
      log::event(log::Level::error, "daemon.failed", {{"problem", thrown.what()}});
    }
    exit_code_ = database_.trouble() ? exit_database_lost : exit_cannot_run;
    stop();
  }

  void stop() {
    if (stopping_) return;
    stopping_ = true;
    log::event(log::Level::info, "daemon.stopping", {{"active", supervisor_.active()}});
    notify_.stopping();
    signals_.cancel();
    reload_.stop();
    watch_timer_.cancel();
    status_timer_.cancel();
    spool_.stop();
    retention_.stop();
    control_.stop();
    desk_.stop();
    supervisor_.stop();
    budgets_.stop();
    sign_ins_.stop();
    asio::co_spawn(loop_, supervisor_.drained(), [this](std::exception_ptr) {
      transport_.stop();
      stop_timer_.cancel();
    });
    stop_timer_.expires_after(stop_grace);
    stop_timer_.async_wait([this](boost::system::error_code error) {
      if (!error) break_off();
    });
  }

  /// What is still out will not be waited for: whatever it was, the saved state knows that it may have happened.
  void break_off() {
    log::event(log::Level::warning, "daemon.breaking-off", {{"active", supervisor_.active()}});
    transport_.break_off();
    stop_timer_.expires_after(stop_limit);
    stop_timer_.async_wait([this](boost::system::error_code error) {
      // A name lookup in the system's resolver cannot be interrupted. Ending here is as safe as being killed.
      if (!error) ::_exit(exit_code_);
    });
  }

  Settings settings_;  // swapped in parts by reload_; others refer to them
  asio::io_context& loop_;
  SystemClock clock_;     // for what is compared with times of others: of files, of tokens
  EvenClock work_clock_;  // for the jobs' waits
  RandomIds ids_;
  LogObserver observer_;
  const Instant started_at_;
  HttpsTransport transport_;
  const SqliteStore& database_;
  BudgetStore& budget_store_;
  RateBudgets budgets_;
  StorePort store_;
  TransportPort arm_transport_;
  SignIns sign_ins_;
  Supervisor supervisor_;
  SpoolInbox spool_;
  Retention retention_;
  AzureDesk desk_;
  ControlServer control_;
  SystemdNotify notify_;
  SettingsReload reload_;
  asio::signal_set signals_;
  asio::steady_timer watch_timer_;
  asio::steady_timer status_timer_;
  asio::steady_timer stop_timer_;
  bool stopping_ = false;
  int exit_code_ = 0;
};

}  // namespace

int run_daemon(Settings settings, const std::string& settings_file) {
  apply_log_settings(settings);
  // The loop does most of the work; arenas of the other threads would keep what thousands of rows once took.
  ::mallopt(M_ARENA_MAX, 1);
  try {
    asio::io_context loop{1};
    if (const auto problem = lost_database(settings.store.path, settings.spool.directory)) {
      log::event(log::Level::error, "daemon.failed", {{"problem", *problem}});
      return exit_database_lost;
    }
    auto store = SqliteStore::open(settings.store.path, "azrestored");
    if (!store) {
      log::event(log::Level::error, "daemon.failed", {{"problem", store.error().sentence()}});
      return store.error().kind() == ErrorKind::corrupt ? exit_database_lost : exit_cannot_run;
    }
    Daemon daemon(std::move(settings), settings_file, loop, **store);
    return daemon.run();
  } catch (const std::exception& error) {
    log::event(log::Level::error, "daemon.failed", {{"problem", error.what()}});
    return exit_cannot_run;
  }
}

}  // namespace azrestored
