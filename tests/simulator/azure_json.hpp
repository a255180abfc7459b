// The JSON bodies of the service, old or new spelling by api-version (azure-backup-api.md 1.4, 2.3, 2.4, 4.4, 4.6, 5.4,
// 5.5, 12.1). Pure functions from the world's values to JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json.hpp"
#include "world.hpp"

namespace azsim {

/// True for api-version `version` of year-month-day `first` or later; a "-preview" tail does not matter.
[[nodiscard]] bool since(std::string_view version, std::string_view first);

/// API-versions that show the copies in the secondary region (azure-backup-api.md 6).
[[nodiscard]] bool is_cross_region(std::string_view version);

/// The path of a region, the prefix of all calls of restores across regions.
[[nodiscard]] std::string location_path(const VaultSpec& vault, const std::string& region);
[[nodiscard]] std::string item_path(const VaultSpec& vault, const ItemSpec& item);

[[nodiscard]] Json error_body(const std::string& code, const std::string& message);
/// The envelope of errors in restores across regions (azure-backup-api.md 12.1).
[[nodiscard]] Json crr_error_body(const std::string& code, const std::string& message);
[[nodiscard]] Json vault_body(const VaultSpec& vault);
[[nodiscard]] Json encryption_config_body(const VaultSpec& vault);
[[nodiscard]] Json container_body(const VaultSpec& vault, const ItemSpec& item);
[[nodiscard]] Json guard_proxy_body(const VaultSpec& vault, const GuardSpec& guard);
/// `points`: those of the primary or of the secondary region.
[[nodiscard]] Json item_body(const VaultSpec& vault, const ItemSpec& item, const std::vector<PointSpec>& points,
                             const std::string& base_url);
/// `detail`: the response for a single point, which has the disk lists and lacks recoveryPointProperties.
[[nodiscard]] Json point_body(const VaultSpec& vault, const ItemSpec& item, const PointSpec& point,
                              std::string_view version, bool detail);
[[nodiscard]] Json validation_body(const std::optional<std::vector<Finding>>& findings);
[[nodiscard]] Json operation_body(const Operation& operation, OperationPhase phase);
/// The operating system's disk has the LUN -1.
[[nodiscard]] std::string disk_name(const std::string& vm, int lun);
/// The operation name in the filter of a job list.
[[nodiscard]] const char* operation_name(const Job& job);
/// `detail`: with extendedInfo, which list rows lack.
[[nodiscard]] Json job_body(const Job& job, std::string_view version, bool detail, Instant now);

}  // namespace azsim
