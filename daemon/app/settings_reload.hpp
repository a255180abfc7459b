// New settings at SIGHUP, while jobs are under way: the file is checked as at the start; one with a fault changes
// nothing, and says so in the log. Of a good one, what may change is swapped at once, and the log names what waits for
// a restart. Jobs are not touched: each goes on by the settings that hold when it next waits.
//
// systemd is told for how long (RELOADING=1, READY=1), so that `systemctl reload` waits for the new settings.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "daemon/app/systemd_notify.hpp"

namespace azrestored {

class SettingsReload {
 public:
  struct Source {
    std::string file;
    std::optional<Instant> modified_at;  // settings_modified_at() before it was read
  };

  /// Reads the file again at each SIGHUP and changes `settings`, which outlive this; then calls `applied`.
  SettingsReload(boost::asio::io_context& loop, Source source, Settings& settings, SystemdNotify& notify,
                 std::function<void()> applied);

  void start();
  void stop();

  /// For `status`: {file, modifiedAt, needsRestart}: which file was read and of when, and what of it holds after a
  /// restart only.
  [[nodiscard]] nlohmann::json status() const;

 private:
  void reload();

  boost::asio::signal_set hangup_;
  Source source_;
  std::vector<std::string> needs_restart_;
  Settings& settings_;
  SystemdNotify& notify_;
  const std::function<void()> applied_;
};

}  // namespace azrestored
