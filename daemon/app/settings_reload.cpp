#include "daemon/app/settings_reload.hpp"

#include <csignal>
#include <nlohmann/json.hpp>

#include "config/settings_change.hpp"
#include "core/base/text.hpp"
#include "core/json/fault.hpp"
#include "daemon/log/log.hpp"
#include "daemon/log/log_settings.hpp"

namespace azrestored {
namespace {

void report(const SettingsChange& change, const std::string& file) {
  if (change.applied.empty() && change.needs_restart.empty()) {
    return log::event(log::Level::info, "settings.unchanged", {{"file", file}, {"detail", "no setting has changed"}});
  }
  if (!change.applied.empty()) {
    log::event(log::Level::info, "settings.reloaded",
               {{"file", file}, {"detail", "these apply now: " + join_and(change.applied)}});
  }
  if (!change.needs_restart.empty()) {
    log::event(log::Level::warning, "settings.need-restart",
               {{"file", file},
                {"detail", "these apply after a restart, which loses nothing (systemctl restart azrestored): " +
                               join_and(change.needs_restart)}});
  }
}

}  // namespace

SettingsReload::SettingsReload(boost::asio::io_context& loop, Source source, Settings& settings, SystemdNotify& notify,
                               std::function<void()> applied)
    : hangup_(loop, SIGHUP),
      source_(std::move(source)),
      settings_(settings),
      notify_(notify),
      applied_(std::move(applied)) {}

nlohmann::json SettingsReload::status() const {
  nlohmann::json reported = {{"file", source_.file}, {"modifiedAt", nullptr}, {"needsRestart", needs_restart_}};
  if (source_.modified_at) reported["modifiedAt"] = to_rfc3339(*source_.modified_at);
  return reported;
}

void SettingsReload::start() {
  hangup_.async_wait([this](const boost::system::error_code& stopped, int) {
    if (stopped) return;
    notify_.reloading();
    reload();
    notify_.reloaded();
    start();
  });
}

void SettingsReload::stop() {
  hangup_.cancel();
}

void SettingsReload::reload() {
  const auto modified_at = settings_modified_at(source_.file);
  std::vector<Fault> faults;
  const auto wanted = read_settings_file(source_.file, faults);
  if (!wanted) {
    for (const Fault& fault : faults) {
      log::event(log::Level::error, "settings.refused",
                 {{"file", source_.file}, {"problem", fault.text()}, {"detail", "the settings stay as they were"}});
    }
    return;
  }
  const SettingsChange change = changes_between(settings_, *wanted);
  apply_changes(settings_, *wanted);
  apply_log_settings(settings_);
  applied_();
  report(change, source_.file);
  source_.modified_at = modified_at;
  needs_restart_ = change.needs_restart;
}

}  // namespace azrestored
