// What the daemon tells systemd (sd_notify(3)); without systemd every call does nothing.
// The watchdog is fed from the loop, at a quarter of its period: a loop that hangs is found and the service restarted.
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
  /// New settings are being read, and then that they are, or were refused: `systemctl reload` waits for it.
  void reloading();
  void reloaded();
  /// One line for `systemctl status`.
  void status(std::string_view text);
  /// The daemon is on its way out: the watchdog is fed no more, and the loop may run dry.
  void stopping();

 private:
  void feed_watchdog();

  boost::asio::steady_timer timer_;
  std::optional<std::string> status_;             // as last told
  std::chrono::microseconds watchdog_period_{0};  // 0: systemd does not watch
};

}  // namespace azrestored
