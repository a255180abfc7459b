// The meaning of error codes for operators: codes of Azure Backup, of ARM, and azrestored's own. Pure.
// It is shown to people only. core/job/evolve.cpp and core/job/retry.hpp decide what azrestored does. An unknown code
// has no row, and the operator reads Azure's message. Source: azure-backup-api.md 9.2, 9.3, 9.5, 12, 12.1, and the
// common codes of ARM.
//
// A row is true in every state of a job. It never names the next command, because that depends on the state: a retry
// that is right after a failure starts a second restore while the first one runs. core/view/advice.hpp adds that part.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace azrestored {

enum class ErrorClass {
  retry,        // the error passes; a retry is enough
  wait,         // wait as long as Azure asks, or until another operation has finished
  fix_request,  // change the job file, or what it names
  fix_rights,   // change a role, a registration, a policy or the sign-in
  quota,        // raise a limit of the subscription
  gone,         // the resource does not exist, or no longer
  overload      // the region or the service has no capacity; retry after hours, not minutes
};

/// "retry", "wait", "fix-request", "fix-rights", "quota", "gone", "overload".
std::string_view to_text(ErrorClass kind);

/// What ends the error. It decides how a job can continue after the fix.
enum class FixedBy {
  time,         // nothing has to be fixed
  environment,  // a change in Azure, in the settings or on this machine; the job file is right
  job_file,     // another job file; with the same one, the error comes back
  either        // the environment or the job file
};

struct ErrorAdvice {
  std::string_view code;
  ErrorClass kind = ErrorClass::retry;
  std::string_view advice;  // the cause and its fix, without a full stop; names no command that starts or steers a job
  std::optional<FixedBy> fix{};  // if it is not the usual one of its class: fixed_by()
};

/// Usually: retry, wait and overload by time; fix_rights and quota by the environment; fix_request and gone by the job
/// file.
FixedBy fixed_by(const ErrorAdvice& error);

/// Finds advice by code, without regard to letter case, or by the number that an error of a backup job has instead
/// ("400048"). nullptr for an unknown code. The result is static.
const ErrorAdvice* find_advice(std::string_view code);

/// True for the codes with which Azure refuses a restore because the vault has reached a limit of operations in 24
/// hours. Nothing is wrong with the request (azure-backup-api.md 9.4).
bool is_daily_limit(std::string_view code);

/// The parts of the table (error_catalog_arm.cpp, error_catalog_backup.cpp, error_catalog_own.cpp).
std::span<const ErrorAdvice> azure_errors();
std::span<const ErrorAdvice> backup_errors();
std::span<const ErrorAdvice> our_errors();

}  // namespace azrestored
