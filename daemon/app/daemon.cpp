#include "daemon/app/daemon.hpp"

#include <malloc.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <exception>
#include <filesystem>

#include "core/base/duration.hpp"
#include "core/budget/budget_saver.hpp"
#include "core/engine/retention.hpp"
#include "core/engine/supervisor.hpp"
#include "daemon/app/azure_queries.hpp"
#include "daemon/app/control_backend.hpp"
#include "daemon/app/crashing_ports.hpp"
#include "daemon/app/exit_codes.hpp"
#include "daemon/app/machine_watch.hpp"
#include "daemon/app/metrics_exporter.hpp"
#include "daemon/app/open_store.hpp"
#include "daemon/app/settings_reload.hpp"
#include "daemon/app/status_reporter.hpp"
#include "daemon/app/stop_order.hpp"
#include "daemon/app/systemd_notify.hpp"
#include "daemon/control/server.hpp"
#include "daemon/http_client/https_transport.hpp"
#include "daemon/log/log.hpp"
#include "daemon/log/log_observer.hpp"
#include "daemon/log/log_settings.hpp"
#include "daemon/log/tee_observer.hpp"
#include "daemon/metrics/counters.hpp"
#include "daemon/metrics/counting_transport.hpp"
#include "daemon/metrics/loop_lag.hpp"
#include "daemon/metrics/server.hpp"
#include "daemon/os/monotonic_utc_clock.hpp"
#include "daemon/os/random_ids.hpp"
#include "daemon/os/system_clock.hpp"
#include "daemon/signin/sign_in_profiles.hpp"
#include "daemon/spool/inbox.hpp"

namespace azrestored {
namespace {

/// Work in progress at SIGTERM has this long; then its connections are closed. systemd would wait much longer, but the
/// operator waits for the command.
constexpr auto stop_grace = std::chrono::seconds(3);
/// Saving has this long after the connections are closed; then the process ends.
constexpr auto stop_limit = std::chrono::seconds(1);

TransportOptions transport_options(const Settings& settings) {
  TransportOptions options;
  options.ca_file = settings.arm.ca_file;
  options.connections = settings.limits.connections;
  return options;
}

SpoolInbox::Options spool_options(const Settings& settings) {
  SpoolInbox::Options options;
  options.settle_time = settings.spool.settle_time;
  return options;
}

class Daemon {
 public:
  Daemon(Settings settings, SettingsReload::Source source, asio::io_context& loop, OpenedStore& store)
      : settings_(std::move(settings)),
        loop_(loop),
        clock_(loop_.get_executor()),
        work_clock_(loop_.get_executor()),
        transport_(loop_.get_executor(), transport_options(settings_)),
        sign_in_transport_(transport_, metrics_, sign_in_call),
        metered_transport_(transport_, metrics_),
        stored_(store),
        budgets_(stop_order_, work_clock_, observer_, settings_.budget, settings_.policy),
        budget_saver_(stop_order_, work_clock_, observer_, *budgets_, stored_.budgets),
        store_(*stored_.jobs),
        arm_transport_(metered_transport_),
        sign_in_profiles_(stop_order_, settings_, loop_.get_executor(),
                          SignInPorts{sign_in_transport_, clock_, ids_, process_environment()}, arm_transport_,
                          *budgets_),
        supervisor_(stop_order_, loop_.get_executor(), sign_in_profiles_->sessions(), store_, work_clock_, ids_,
                    *budgets_, observer_, settings_.policy, supervisor_limits(),
                    [this](std::exception_ptr error) { fatal(error); }),
        spool_(
            stop_order_, loop_.get_executor(), settings_.spool.directory, store_, ids_,
            SpoolInbox::Clocks{clock_, work_clock_}, observer_, [this] { supervisor_->wake(); },
            spool_options(settings_)),
        retention_(stop_order_, stored_.finished, *spool_, work_clock_, observer_, settings_.retention.finished_jobs,
                   [this](std::int64_t jobs) { report_removed(jobs); }),
        queries_(stop_order_, loop_.get_executor(), sign_in_profiles_->sessions(), clock_, ids_, settings_.policy),
        metrics_exporter_(MetricsExporter::Sources{metrics_, store_, stored_.health, *budgets_, *sign_in_profiles_,
                                                   *spool_, clock_, work_clock_}),
        notify_(loop_.get_executor()),
        status_reporter_(stop_order_, loop_.get_executor(), notify_,
                         StatusReporter::Sources{store_, *supervisor_, *sign_in_profiles_, work_clock_}),
        reload_(stop_order_, loop_, std::move(source), settings_, notify_, [this] { take_up_settings(); }),
        backend_(DaemonControlBackend::Parts{settings_, *supervisor_, *queries_, metrics_exporter_, *spool_,
                                             *sign_in_profiles_, *budgets_, *reload_},
                 clock_.now()),
        control_(stop_order_, loop_, ControlServer::Sources{store_, backend_, work_clock_}, control_options(settings_)),
        metrics_server_(stop_order_, loop_,
                        [this](std::string accept) { return metrics_exporter_.text(std::move(accept)); }),
        loop_lag_(stop_order_, loop_, metrics_),
        machine_watch_(stop_order_, loop_.get_executor(), stored_.health, work_clock_),
        signals_(loop_, SIGTERM, SIGINT),
        stop_timer_(loop_) {}

  int run() {
    signals_.async_wait([this](boost::system::error_code error, int) {
      if (!error) stop();
    });
    spawn(start());
    loop_.run();
    return exit_code_;
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
    if (const auto listening = control_->start(); !listening) give_up(listening.error().sentence());
    if (const auto listening = metrics_server_->listen(settings_.metrics.listen); !listening)
      give_up(listening.error().sentence());
    loop_lag_->start();
    if (const auto budgets = co_await stored_.budgets.budgets(); budgets) {
      budgets_->restore(*budgets);
    } else {
      give_up("cannot read what is left of Azure's quotas: " + budgets.error().sentence());
    }
    spawn(budget_saver_->run());
    if (auto recovered = co_await supervisor_->recover(); !recovered)
      give_up("cannot read the jobs: " + recovered.error().sentence());
    co_await spool_->scan_once();
    if (stopping_) co_return;
    spawn(supervisor_->run());
    spawn(spool_->run());
    spawn(retention_->run());
    spawn(machine_watch_->run());
    supervisor_->wake();
    const std::string line = co_await status_reporter_->line();
    if (stopping_) co_return;
    notify_.ready(line);
    reload_->start();
    spawn(status_reporter_->run());
    ::malloc_trim(0);  // glibc keeps the memory that thousands of rows took
    log::event(log::Level::info, "daemon.ready",
               {{"version", AZRESTORED_VERSION},
                {"pid", ::getpid()},
                {"active", supervisor_->active()},
                {"arm", settings_.arm.endpoint}});
  }

  [[nodiscard]] Supervisor::Limits supervisor_limits() const {
    return {settings_.limits.active_jobs, settings_.limits.caps};
  }

  void take_up_settings() {
    supervisor_->set_limits(supervisor_limits());
    retention_->keep_for(settings_.retention.finished_jobs);
  }

  void report_removed(std::int64_t jobs) {
    log::event(log::Level::info, "retention.removed",
               {{"jobs", jobs}, {"older_than", to_duration(settings_.retention.finished_jobs)}});
  }

  /// Runs a part of the daemon. A failure of one part ends the daemon.
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
    exit_code_ = stored_.health.fatal_error() ? exit_database_lost : exit_cannot_run;
    stop();
  }

  void stop() {
    if (stopping_) return;
    stopping_ = true;
    log::event(log::Level::info, "daemon.stopping", {{"active", supervisor_->active()}});
    notify_.stopping();
    signals_.cancel();
    stop_order_.stop_all();
    asio::co_spawn(loop_, supervisor_->drained(), [this](std::exception_ptr) {
      transport_.stop();
      stop_timer_.cancel();
    });
    stop_timer_.expires_after(stop_grace);
    stop_timer_.async_wait([this](boost::system::error_code error) {
      if (!error) abort_connections();
    });
  }

  /// Aborts requests without a response: the saved states record that they may have taken effect.
  void abort_connections() {
    log::event(log::Level::warning, "daemon.breaking-off", {{"active", supervisor_->active()}});
    transport_.abort_connections();
    stop_timer_.expires_after(stop_limit);
    stop_timer_.async_wait([this](boost::system::error_code error) {
      // A name lookup in the system's resolver cannot be interrupted. An exit here is as safe as a kill.
      if (!error) ::_exit(exit_code_);
    });
  }

  Settings settings_;  // reload_ changes some of them; other parts refer to them
  asio::io_context& loop_;
  SystemClock clock_;             // for comparisons with the times of files and tokens
  MonotonicUtcClock work_clock_;  // for the jobs' waits
  RandomIds ids_;
  LogObserver log_observer_;
  Metrics metrics_;
  TeeObserver observer_{log_observer_, metrics_};
  HttpsTransport transport_;
  MeteredTransport sign_in_transport_;
  MeteredTransport metered_transport_;
  OpenedStore& stored_;
  StopOrder stop_order_;
  Stopped<RateLimiter> budgets_;
  Stopped<BudgetSaver> budget_saver_;
  StorePort store_;
  TransportPort arm_transport_;
  Stopped<SignInProfiles> sign_in_profiles_;
  Stopped<Supervisor> supervisor_;
  Stopped<SpoolInbox> spool_;
  Stopped<Retention> retention_;
  Stopped<AzureQueries> queries_;
  MetricsExporter metrics_exporter_;
  SystemdNotify notify_;
  Stopped<StatusReporter> status_reporter_;
  Stopped<SettingsReload> reload_;
  DaemonControlBackend backend_;
  Stopped<ControlServer> control_;
  Stopped<MetricsServer> metrics_server_;
  Stopped<LoopLag> loop_lag_;
  Stopped<MachineWatch> machine_watch_;
  asio::signal_set signals_;
  asio::steady_timer stop_timer_;
  bool stopping_ = false;
  int exit_code_ = exit_done;
};

}  // namespace

int run_daemon(Settings settings, const std::string& settings_file, std::optional<Instant> modified_at) {
  apply_log_settings(settings);
  // The loop does most of the work; arenas of the other threads would keep the memory that thousands of rows took.
  ::mallopt(M_ARENA_MAX, 1);
  try {
    asio::io_context loop{1};
    auto store = open_store(settings);
    if (!store) {
      log::event(log::Level::error, "daemon.failed", {{"problem", store.error().sentence}});
      return store.error().exit_code;
    }
    SettingsReload::Source source{std::filesystem::absolute(settings_file), modified_at};
    Daemon daemon(std::move(settings), std::move(source), loop, *store);
    return daemon.run();
  } catch (const std::exception& error) {
    log::event(log::Level::error, "daemon.failed", {{"problem", error.what()}});
    return exit_cannot_run;
  }
}

}  // namespace azrestored
