// Keeps the line that `systemctl status` shows (daemon/app/status_line.hpp) up to date. On the loop's thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <string>

#include "core/engine/supervisor.hpp"
#include "daemon/app/systemd_notify.hpp"
#include "daemon/signin/sign_in_profiles.hpp"

namespace azrestored {

class StatusReporter {
 public:
  /// The references outlive this object and run().
  struct Sources {
    JobStore& store;
    const Supervisor& supervisor;
    const SignInProfiles& sign_ins;
    const Clock& clock;  // the supervisor's clock
  };

  StatusReporter(const asio::any_io_executor& executor, SystemdNotify& notify, const Sources& sources)
      : timer_(executor), notify_(notify), sources_(sources) {}

  /// The line as of now, with the problem if the store cannot be read.
  asio::awaitable<std::string> line();

  /// Sends the line to systemd every few seconds, until stop().
  asio::awaitable<void> run();
  void stop();

 private:
  asio::steady_timer timer_;
  SystemdNotify& notify_;
  const Sources sources_;
  bool stopping_ = false;
};

}  // namespace azrestored
