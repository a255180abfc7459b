// How requests are spelled: encoded path segments, the paths that others hang below, api-version and filter. Used by
// codec_*.cpp only (API.md 0, 1.3).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/azure/arm_id.hpp"
#include "core/http/message.hpp"
#include "core/http/message.hpp"
#include "core/wire/arm_target.hpp"

namespace azrestored {

std::string vault_path(const VaultId& vault);
/// ".../recoveryPoints" of the item.
std::string points_path(const VaultId& vault, const ProtectedItem& item);
/// "/subscriptions/{vault's}/providers/Microsoft.RecoveryServices/locations/{region}"
std::string region_path(const JobPlace& place);

HttpRequest request(const char* method, const ArmTarget& target, const std::string& path,
                    const std::string& filter = "");
/// A POST with a body.
HttpRequest post_json(const ArmTarget& target, const std::string& path, std::string body,
                      const std::string& filter = "");

/// The URL at which to follow what an answer has set going; "" when it names none.
std::string url_in(const HttpResponse& response);

/// Something else is going on with the thing asked for, and the service asks to wait for its end (API.md 9.3: a lock,
/// named as the error or in its details).
bool waits_for_another_operation(const HttpResponse& response);

}  // namespace azrestored
