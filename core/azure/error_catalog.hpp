// What an error code means for whoever has to do something about it: the service's codes, ARM's, and our own.
// A code that is not in the table keeps the service's words; nothing here decides what the daemon does next
// (core/job/evolve.cpp, core/job/retry.hpp), it only tells a person. Pure. Codes: API.md 9.2, 9.3, 9.5, 12, 12.1 and ARM's common ones.
#pragma once

#include <span>
#include <string_view>

namespace azrestored {

enum class ErrorClass {
  retry,        // passes by itself: trying again now and then is enough
  wait,         // the service says how long, or something else has to end first
  fix_request,  // the job file, or what it names, has to be changed
  fix_rights,   // a role, a registration, a policy or the sign-in has to be changed
  quota,        // a limit of the subscription has to be raised
  gone,         // what is asked for is not there, or not there any more
  overload      // the region or the service is short of room: hours rather than minutes
};

/// "retry", "wait", "fix-request", "fix-rights", "quota", "gone", "overload".
std::string_view to_text(ErrorClass kind);

struct ErrorAdvice {
  std::string_view code;
  ErrorClass kind = ErrorClass::retry;
  std::string_view advice;  // one sentence with the next step, without a full stop
};

/// By code without regard to letter case, or by the number that a backup job's error carries in its place ("400048");
/// nullptr for a code that nobody has met here. Lives for ever.
const ErrorAdvice* find_advice(std::string_view code);

/// The parts of the table (error_catalog_arm.cpp, error_catalog_backup.cpp, error_catalog_own.cpp).
std::span<const ErrorAdvice> azure_errors();
std::span<const ErrorAdvice> backup_errors();
std::span<const ErrorAdvice> our_errors();

}  // namespace azrestored
