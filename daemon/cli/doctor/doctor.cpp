// azrestorectl doctor: checks everything that azrestored needs, whether it runs or not, and says how to fix problems.
// The checks are in files of their own (checks.hpp).
#include <unistd.h>

#include <array>
#include <system_error>

#include "core/azure/arm_id.hpp"
#include "core/jobfile/pasted_ids.hpp"
#include "core/json/fault.hpp"
#include "daemon/cli/doctor/checks.hpp"

namespace azrestored::cli {
namespace {

using Check = void (*)(DoctorContext&);

/// In the order of their dependencies. check_settings() runs before: all of these use the settings.
constexpr std::array<Check, 7> checks_with_settings{check_secrets, check_spool,  check_database, check_unit,
                                                    check_disks,   check_daemon, check_azure};

/// What is wrong with the arguments, as far as the settings are not needed to detect it.
std::optional<Failure> fault_of(const Doctor& command) {
  for (const std::string& vault : command.vaults) {
    if (!VaultId::parse(vault)) {
      return Failure(
          "usage",
          "--vault " + in_quotes(vault) +
              " is not the ARM id of a Recovery Services vault; expected /subscriptions/.../resourceGroups/.../"
              "providers/Microsoft.RecoveryServices/vaults/NAME");
    }
  }
  return std::nullopt;
}

std::optional<Failure> fault_of(const Doctor& command, const Settings& settings) {
  std::vector<std::string_view> names;
  for (const AuthSettings& profile : settings.auth) {
    if (command.auth.empty() || profile.name == command.auth) return std::nullopt;
    names.push_back(profile.name);
  }
  return Failure("usage", "the settings have no sign-in profile " + in_quotes(command.auth) +
                              "; they have: " + quoted_alternatives(names));
}

}  // namespace

Remedy as_root(const std::string& command) {
  return Remedy::command((::geteuid() == 0 ? "" : "sudo ") + command);
}

Remedy again_as_root() {
  return Remedy::command("sudo azrestorectl doctor");
}

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

ExitCode run(Context& context, const Doctor& typed) {
  const Console& console = context.console();
  Doctor command = typed;
  for (std::string& vault : command.vaults) vault = tidy_id(vault);
  if (const auto fault = fault_of(command)) return console.fail(*fault);
  Report report(console);
  DoctorContext doctor{context, command, report, account_of(::geteuid()), std::nullopt};
  check_settings(doctor);
  if (!doctor.settings) return report.finish();
  if (const auto fault = fault_of(command, *doctor.settings)) return console.fail(*fault);
  for (const Check check : checks_with_settings) check(doctor);
  return report.finish();
}

}  // namespace azrestored::cli
