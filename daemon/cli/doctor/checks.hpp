// The checks of `doctor`, a file for each kind, run in this order by doctor.cpp. Each adds what it finds to the report:
// one finding for what is in order, and one for each thing that is not, with what mends it. Nothing is changed, nothing
// is started, and no secret gets into a finding. They need no daemon: files are looked at here, and Azure is asked from
// here, with the settings' own ways to sign in.
#pragma once

#include <optional>
#include <string>

#include "config/settings.hpp"
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/doctor/report.hpp"
#include "daemon/cli/doctor/service_account.hpp"

namespace azrestored::cli {

/// What the checks share.
struct Checkup {
  Context& context;
  const Doctor& command;
  Report& report;
  Account service;                   // as whom azrestored runs
  std::optional<Settings> settings;  // check_settings() reads them; without, no other check can be made
};

/// The settings file: there, without faults, the service may read it and nobody else change it.
void check_settings(Checkup& checkup);
/// The files with secrets: the service may read them, others may not.
void check_secrets(Checkup& checkup);
/// The spool's folders: there, the service's own, open to those who may drop job files and to nobody else.
void check_spool(Checkup& checkup);
/// The database and its folder.
void check_database(Checkup& checkup);
/// The sandbox of the systemd unit lets the service write where the settings say.
void check_unit(Checkup& checkup);
/// Room on the disks of spool and database.
void check_disks(Checkup& checkup);
/// The daemon itself: runs, has our version and the present settings, can sign in, has reads left.
void check_daemon(Checkup& checkup);
/// Azure: names, TLS, clock, signing in, and the rights on each vault named.
void check_azure(Checkup& checkup);

/// A command that only root may run, as whoever runs this has to type it.
Remedy as_root(const std::string& command);
/// "azrestorectl doctor" again, with the rights to see what we cannot.
Remedy again_as_root();

/// "Permission denied", for errno.
std::string reason_of(int error);

}  // namespace azrestored::cli
