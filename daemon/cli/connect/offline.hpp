// Reads without a daemon: the routes of the control socket (daemon/control/routes.hpp) on the daemon's database, opened
// read-only. So `list` and `show` mean the same with and without a daemon.
#pragma once

#include <memory>

#include "config/settings.hpp"
#include "daemon/cli/terminal/failure.hpp"
#include "daemon/control/protocol.hpp"

namespace azrestored::cli {

class OfflineJobs {
 public:
  /// "unreachable" when the store that the settings name cannot be read, and why.
  static boost::system::result<std::unique_ptr<OfflineJobs>, Failure> open(const Settings& settings);
  virtual ~OfflineJobs() = default;

  /// Like Client::get().
  virtual Answer get(const ControlTarget& target) = 0;
};

}  // namespace azrestored::cli
