// The composition root: every object of the daemon, built in the order in which they depend on each other, and the
// order of starting and stopping.
//
// Start: the store is opened (and locked), the jobs that were under way go on, the spool is scanned once, then systemd
// is told READY. Stop (SIGTERM, SIGINT): no new work, what is under way is finished and saved, or broken off after a
// few seconds; being killed instead loses nothing either.
#pragma once

#include <string>

#include "config/settings.hpp"

namespace azrestored {

/// Runs until a signal or a fault that it cannot go on with. Returns the process's exit code (daemon/app/exit_codes.hpp).
/// `settings_file` is read again at SIGHUP (daemon/app/settings_reload.hpp);
/// `modified_at`: settings_modified_at() of it before `settings` were read.
int run_daemon(Settings settings, const std::string& settings_file, std::optional<Instant> modified_at);

}  // namespace azrestored
