// The composition root: every object of the daemon, built in the order of their dependencies, and the order of start
// and stop.
//
// Start: open and lock the store, resume the active jobs, scan the spool once, then report READY to systemd. Stop
// (SIGTERM, SIGINT): take no new work; finish and save the work in progress, or abort it after a few seconds. A kill
// loses nothing either.
#pragma once

#include <string>

#include "config/settings.hpp"

namespace azrestored {

/// Runs until a signal or a fatal fault. Returns the exit code of the process (daemon/app/exit_codes.hpp).
/// `settings_file` is read again at SIGHUP (daemon/app/settings_reload.hpp). `modified_at`: settings_modified_at() of
/// that file before `settings` were read.
int run_daemon(Settings settings, const std::string& settings_file, std::optional<Instant> modified_at);

}  // namespace azrestored
