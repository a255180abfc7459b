#include "daemon/metrics/request_label.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/budget/quota_key.hpp"

namespace azrestored {
namespace {

// The requests of core/wire, and the URLs that Azure's responses name (azure-backup-api.md 4.4, 5.1, 6, 7).
constexpr std::array<std::string_view, 22> calls = {
    "vaults",
    "backupProtectedItems",
    "recoveryPoints",
    "backupResourceGuardProxies",
    "backupTriggerValidateOperation",
    "backupValidateOperationsStatuses",
    "backupValidateOperationResults",
    "restore",
    "operationsStatus",
    "operationResults",
    "backupOperations",
    "backupOperationResults",
    "backupJobs",
    "cancel",
    "backupAadProperties",
    "accessToken",
    "backupCrossRegionRestore",
    "backupCrrOperationsStatus",
    "backupCrrOperationResults",
    "backupCrrJobs",
    "backupCrrJob",
    "other",
};

}  // namespace

std::string_view arm_call_of_action(std::string_view action) {
  action = action.substr(0, action.rfind('/'));  // "/read" or "/action"
  const std::string_view last = action.substr(action.rfind('/') + 1);
  const auto found = std::ranges::find_if(calls, [&](std::string_view call) { return iequals(call, last); });
  return found == calls.end() ? calls.back() : *found;
}

std::string_view arm_call_of(const HttpRequest& request) {
  const auto key = quota_key_of(request);
  return key ? arm_call_of_action(key->action) : calls.back();
}

std::span<const std::string_view> arm_calls() {
  return calls;
}

}  // namespace azrestored
