// Builds requests of the Azure Backup REST API (azure-backup-api.md 1 to 5, 13). Pure. The pre-flight: preflight.hpp.
// Restores to the secondary region: cross_region.hpp.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/azure/arm_id.hpp"
#include "core/base/instant.hpp"
#include "core/http/message.hpp"
#include "core/wire/arm_target.hpp"

namespace azrestored {

/// The same service with the api-version of cross-region restores. That version alone makes Azure list the contents of
/// the secondary region (azure-backup-api.md 6, b).
ArmTarget secondary_region(const ArmTarget& target);

HttpRequest get_vault(const ArmTarget& target, const VaultId& vault);

HttpRequest list_items(const ArmTarget& target, const VaultId& vault);
HttpRequest list_points(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item);
HttpRequest get_point(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                      const std::string& point_id);
/// The only request that starts a restore. `properties` are those of restore_request().
HttpRequest post_restore(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                         const std::string& point_id, const nlohmann::json& properties);
/// Lists restore jobs that started from `from` to `to`.
HttpRequest list_restore_jobs(const ArmTarget& target, const RestoreScope& place, Instant from, Instant to);
HttpRequest get_job(const ArmTarget& target, const RestoreScope& place, const std::string& azure_job_id);
HttpRequest post_cancel(const ArmTarget& target, const VaultId& vault, const std::string& azure_job_id);
HttpRequest list_guards(const ArmTarget& target, const VaultId& vault);

}  // namespace azrestored
