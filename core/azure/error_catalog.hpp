// Advice for operators by error code: codes of Azure Backup, of ARM, and azrestored's own. Pure.
// The advice is shown to people only. core/job/evolve.cpp and core/job/retry.hpp decide what azrestored does. An
// unknown code has no advice, and the operator reads Azure's message. Source: azure-backup-api.md 9.2, 9.3, 9.5, 12,
// 12.1, and the common codes of ARM.
#pragma once

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

struct ErrorAdvice {
  std::string_view code;
  ErrorClass kind = ErrorClass::retry;
  std::string_view advice;  // one sentence with the next step, without a full stop
};

/// Finds advice by code, without regard to letter case, or by the number that an error of a backup job has instead
/// ("400048"). nullptr for an unknown code. The result is static.
const ErrorAdvice* find_advice(std::string_view code);

/// The parts of the table (error_catalog_arm.cpp, error_catalog_backup.cpp, error_catalog_own.cpp).
std::span<const ErrorAdvice> azure_errors();
std::span<const ErrorAdvice> backup_errors();
std::span<const ErrorAdvice> our_errors();

}  // namespace azrestored
