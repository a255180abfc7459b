// The parts of requests: encoded path segments, common paths, api-version and filter (azure-backup-api.md 0, 1.3). Only
// for core/wire. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/azure/arm_id.hpp"
#include "core/http/message.hpp"
#include "core/wire/arm_target.hpp"

namespace azrestored {

std::string vault_path(const VaultId& vault);
/// ".../recoveryPoints" of the item.
std::string points_path(const VaultId& vault, const ProtectedItem& item);
/// "/subscriptions/{vault's}/providers/Microsoft.RecoveryServices/locations/{region}"
std::string region_path(const RestoreScope& place);

HttpRequest request(const char* method, const ArmTarget& target, const std::string& path,
                    const std::string& filter = "");
/// A POST with a body.
HttpRequest post_json(const ArmTarget& target, const std::string& path, std::string body,
                      const std::string& filter = "");

/// The URL of the operation that a response names; "" if it names none.
std::string url_in(const HttpResponse& response);

/// True if another operation locks the resource and Azure asks to wait for it (azure-backup-api.md 9.3: the error or
/// one of its details names the lock).
bool waits_for_another_operation(const HttpResponse& response);

}  // namespace azrestored
