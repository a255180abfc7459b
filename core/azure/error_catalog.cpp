#include "core/azure/error_catalog.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// Errors of backup jobs have a number, and only sometimes a name (azure-backup-api.md 9.5, 12.1).
struct NumberedError {
  std::string_view number;
  std::string_view code;
};
constexpr NumberedError numbered_errors[] = {
    {"320001", "ResourceNotFound"},
    {"400003", "RestoreOperationFailed"},
    {"400048", "UserErrorBCMRestoreStorageAccountNotFound"},
    {"400094", "BCMV2VMNotFound"},
};

}  // namespace

std::string_view to_text(ErrorClass kind) {
  switch (kind) {
    case ErrorClass::retry:
      return "retry";
    case ErrorClass::wait:
      return "wait";
    case ErrorClass::fix_request:
      return "fix-request";
    case ErrorClass::fix_rights:
      return "fix-rights";
    case ErrorClass::quota:
      return "quota";
    case ErrorClass::gone:
      return "gone";
    case ErrorClass::overload:
      return "overload";
  }
  return "";
}

FixedBy fixed_by(const ErrorAdvice& error) {
  if (error.fix) return *error.fix;
  switch (error.kind) {
    case ErrorClass::retry:
    case ErrorClass::wait:
    case ErrorClass::overload:
      return FixedBy::time;
    case ErrorClass::fix_rights:
    case ErrorClass::quota:
      return FixedBy::environment;
    case ErrorClass::fix_request:
    case ErrorClass::gone:
      return FixedBy::job_file;
  }
  return FixedBy::job_file;
}

const ErrorAdvice* find_advice(std::string_view code) {
  const auto* numbered = std::ranges::find(numbered_errors, code, &NumberedError::number);
  if (numbered != std::end(numbered_errors)) code = numbered->code;
  for (const auto part : {azure_errors(), backup_errors(), our_errors()}) {
    const auto found = std::ranges::find_if(part, [&](const ErrorAdvice& each) { return iequals(each.code, code); });
    if (found != part.end()) return &*found;
  }
  return nullptr;
}

bool is_daily_limit(std::string_view code) {
  return istarts_with(code, "CloudDosAbsoluteLimitReached") || istarts_with(code, "CloudDosTimeb");
}

}  // namespace azrestored
