// Notifies systemd (sd_notify(3)); without systemd every call does nothing. The loop feeds the watchdog at a quarter of
// its period, so that systemd restarts a daemon whose loop hangs.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

class SystemdNotify {
 public:
  explicit SystemdNotify(const boost::asio::any_io_executor& executor);

  /// The first recovery scan is complete: the service counts as started, and the watchdog is fed from now on.
  void ready(std::string_view status);
  /// New settings are being read; then they were applied or refused. `systemctl reload` waits for the second call.
  void reloading();
  void reloaded();
  /// One line for `systemctl status`.
  void status(std::string_view text);
  /// The daemon stops: the watchdog is no longer fed, so that the loop can end.
  void stopping();

 private:
  void feed_watchdog();

  boost::asio::steady_timer timer_;
  std::optional<std::string> status_;             // as last sent
  std::chrono::microseconds watchdog_period_{0};  // 0: systemd does not watch
};

}  // namespace azrestored
