// Restores to the secondary region (API.md 6; the target is a secondary_region()). Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/base/result.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

HttpRequest get_aad_properties(const ArmTarget& target, const JobPlace& place);
/// `aad_properties` is the whole body of that answer.
HttpRequest post_access_token(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                              const std::string& point_id, const std::string& aad_properties);
/// The access details are passed on as they came, to the byte.
HttpRequest post_cross_region_restore(const ArmTarget& target, const JobPlace& place, const std::string& access_details,
                                      const nlohmann::json& properties);
/// The text of "properties" in the answer to post_access_token().
Result<std::string> read_access_details(const HttpResponse& response);

}  // namespace azrestored
