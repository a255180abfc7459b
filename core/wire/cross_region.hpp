// Requests for a restore to the secondary region (azure-backup-api.md 6). `target` is a secondary_region(). Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/base/result.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

HttpRequest get_aad_properties(const ArmTarget& target, const RestoreScope& place);
/// `aad_properties` is the complete body of the response to get_aad_properties().
HttpRequest post_access_token(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                              const std::string& point_id, const std::string& aad_properties);
/// `access_details` is copied into the body byte for byte.
HttpRequest post_cross_region_restore(const ArmTarget& target, const RestoreScope& place,
                                      const std::string& access_details, const nlohmann::json& properties);
/// The text of "properties" in the response to post_access_token(); `transient` if it contains no token.
Result<std::string> read_access_details(const HttpResponse& response);

}  // namespace azrestored
