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
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "core/ports.hpp"
#include "daemon/systemd_notify.hpp"

namespace azrestored {

class SettingsReload {
 public:
  /// Where the settings come from, and when they were read, or a little earlier: what was written later is not in them.
  struct Source {
    std::string file;
    Instant read_at{};
  };

  /// Reads the file again at each SIGHUP and changes `settings`, which outlive this; then calls `applied`.
  SettingsReload(boost::asio::io_context& loop, Source source, Settings& settings, const Clock& clock,
                 SystemdNotify& notify, std::function<void()> applied);

  void start();
  void stop();

  /// For `status`: {file, readAt, needsRestart: [settings of the file that hold after a restart]}.
  [[nodiscard]] nlohmann::json status() const;

 private:
  void reload();

  boost::asio::signal_set hangup_;
  Source source_;
  std::vector<std::string> needs_restart_;
  Settings& settings_;
  const Clock& clock_;
  SystemdNotify& notify_;
  const std::function<void()> applied_;
};

}  // namespace azrestored
