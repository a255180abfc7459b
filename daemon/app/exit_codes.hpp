// The exit codes of azrestored. systemd restarts it after exit_cannot_run only (systemd/azrestored.service).
#pragma once

namespace azrestored {

inline constexpr int exit_done = 0;
inline constexpr int exit_cannot_run = 1;
inline constexpr int exit_usage = 2;  // the command line or the settings are wrong; a restart does not help
/// The database is damaged, lost or replaced. A code of its own, so that systemd does not restart the daemon: with a
/// database that was put in place of another one, the daemon would start old jobs again.
inline constexpr int exit_database_lost = 3;

}  // namespace azrestored
