#include "daemon/app/systemd_notify.hpp"

#include <systemd/sd-daemon.h>

#include "core/base/utf8.hpp"

namespace azrestored {

SystemdNotify::SystemdNotify(const boost::asio::any_io_executor& executor) : timer_(executor) {
  std::uint64_t period_us = 0;
  if (::sd_watchdog_enabled(0, &period_us) > 0) watchdog_period_ = std::chrono::microseconds(period_us);
}

void SystemdNotify::ready(std::string_view text) {
  ::sd_notify(0, "READY=1");
  status(text);
  feed_watchdog();
}

void SystemdNotify::status(std::string_view text) {
  if (text == status_) return;
  status_ = text;
  ::sd_notify(0, ("STATUS=" + printable(text)).c_str());  // a line break would begin another assignment
}

void SystemdNotify::reloading() {
  ::sd_notify(0, "RELOADING=1");
}

void SystemdNotify::reloaded() {
  ::sd_notify(0, "READY=1");
}

void SystemdNotify::stopping() {
  timer_.cancel();
  watchdog_period_ = std::chrono::microseconds(0);
  ::sd_notify(0, "STOPPING=1\nSTATUS=Stopping");
}

void SystemdNotify::feed_watchdog() {
  if (watchdog_period_.count() == 0) return;
  ::sd_notify(0, "WATCHDOG=1");
  timer_.expires_after(watchdog_period_ / 4);
  timer_.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) feed_watchdog();
  });
}

}  // namespace azrestored
