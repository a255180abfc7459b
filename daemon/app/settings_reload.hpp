// Applies new settings at SIGHUP, while jobs run. The file is checked as at the start. A file with a fault changes
// nothing, and the log has the fault. Otherwise the settings that can change apply at once, and the log names those
// that need a restart. Jobs continue: each uses the settings that apply when it next waits.
//
// systemd is notified of begin and end (RELOADING=1, READY=1), so that `systemctl reload` waits for the new settings.
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

  /// For `status`: {file, modifiedAt, needsRestart}: the file that was read, its time of modification, and the settings
  /// in it that need a restart.
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
