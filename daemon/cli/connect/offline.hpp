// Reads without a daemon: the control socket's own answers (daemon/control/routes.hpp), given from the database that
// the daemon left behind, opened read-only. So `list` and `show` mean the same with and without it.
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

  /// As Client::get().
  virtual Answer get(const ControlTarget& target) = 0;
};

}  // namespace azrestored::cli
