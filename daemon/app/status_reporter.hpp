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
  /// All outlive the teller and its run.
  struct Sources {
    JobStore& store;
    const Supervisor& supervisor;
    const SignInProfiles& sign_ins;
    const Clock& clock;  // the one of the supervisor
  };

  StatusReporter(const asio::any_io_executor& executor, SystemdNotify& notify, const Sources& sources)
      : timer_(executor), notify_(notify), sources_(sources) {}

  /// The line as of now; with the problem when the store cannot be read.
  asio::awaitable<std::string> line();

  /// Tells it as often as a person looks, until stop().
  asio::awaitable<void> run();
  void stop();

 private:
  asio::steady_timer timer_;
  SystemdNotify& notify_;
  const Sources sources_;
  bool stopping_ = false;
};

}  // namespace azrestored
