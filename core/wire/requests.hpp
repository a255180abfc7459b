// Requests of the Azure Backup REST API (API.md 1 to 5, 13). Pure. The pre-flight: preflight.hpp; restores to the
// secondary region: cross_region.hpp.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/azure/arm_id.hpp"
#include "core/wire/arm_target.hpp"
#include "core/base/instant.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// The same service, asked with the version of cross-region restores: the version alone makes it list what is in the
/// secondary region (API.md 6, b).
ArmTarget secondary_region(const ArmTarget& target);

HttpRequest get_vault(const ArmTarget& target, const VaultId& vault);

HttpRequest list_items(const ArmTarget& target, const VaultId& vault);
HttpRequest list_points(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item);
HttpRequest get_point(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                      const std::string& point_id);
/// The one request that changes something; `properties` as restore_request() makes them.
HttpRequest post_restore(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                         const std::string& point_id, const nlohmann::json& properties);
/// Restore jobs that started in the window.
HttpRequest list_restore_jobs(const ArmTarget& target, const JobPlace& place, Instant from, Instant to);
HttpRequest get_job(const ArmTarget& target, const JobPlace& place, const std::string& azure_job_id);
HttpRequest post_cancel(const ArmTarget& target, const VaultId& vault, const std::string& azure_job_id);
HttpRequest list_guards(const ArmTarget& target, const VaultId& vault);

}  // namespace azrestored
