// What azrestored ends with. systemd starts it again after exit_cannot_run only (systemd/azrestored.service).
#pragma once

namespace azrestored {

inline constexpr int exit_done = 0;
inline constexpr int exit_cannot_run = 1;
inline constexpr int exit_usage = 2;  // the command line or the settings are wrong: a restart would not help
/// The database is damaged, lost or replaced. Apart from the others, so that systemd does not start the daemon again: on
/// a database that somebody has just put in the place of another it would carry out old jobs.
inline constexpr int exit_database_lost = 3;

}  // namespace azrestored
