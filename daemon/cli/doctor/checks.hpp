// The checks of `doctor`, one file for each kind; doctor.cpp runs them in this order. A check adds its findings to the
// report: one if everything is in order, otherwise one for each problem, with the remedy. Checks change and start
// nothing, and put no secret into a finding. They need no daemon: azrestorectl reads the files itself, and asks Azure
// with the sign-in profiles of the settings.
#pragma once

#include <optional>
#include <string>

#include "config/settings.hpp"
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/doctor/report.hpp"
#include "daemon/cli/doctor/service_account.hpp"

namespace azrestored::cli {

/// Common data of the checks.
struct DoctorContext {
  Context& context;
  const Doctor& command;
  Report& report;
  Account service;                   // the user that azrestored runs as
  std::optional<Settings> settings;  // set by check_settings(); no other check runs without them
};

/// The settings file: it exists and has no faults; the service can read it; it belongs to root or the service, and not
/// every user can change it.
void check_settings(DoctorContext& context);
/// The files with secrets: the service can read them, and not every user can.
void check_secrets(DoctorContext& context);
/// The spool's folders: they exist; the service can use them; not every user can drop job files.
void check_spool(DoctorContext& context);
/// The database and its folder.
void check_database(DoctorContext& context);
/// The sandbox of the systemd unit lets the service write where the settings say.
void check_unit(DoctorContext& context);
/// Free space on the file systems of spool and database.
void check_disks(DoctorContext& context);
/// The daemon: it runs with the installed version and the present settings, can sign in, and has quota left.
void check_daemon(DoctorContext& context);
/// Azure: names, TLS, clock, sign-in, and the permissions on each given vault.
void check_azure(DoctorContext& context);

/// A command that needs root: with sudo unless this user is root.
Remedy as_root(const std::string& command);
/// "azrestorectl doctor" as root, for what this user may not read.
Remedy again_as_root();

/// The text of an errno value, such as "Permission denied".
std::string reason_of(int error);

}  // namespace azrestored::cli
