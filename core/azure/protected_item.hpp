// One row of the vault's list of protected items.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/base/instant.hpp"

namespace azrestored {

struct ItemRow {
  ProtectedItem item;
  std::string friendly_name;
  std::string virtual_machine_id;
  // For operators. Empty if Azure's response does not contain it.
  std::string protection_state{};             // "Protected", "ProtectionStopped" ...
  std::string health{};                       // "Healthy", "Passed", "ActionRequired" ...
  std::vector<std::string> health_details{};  // in Azure's words
  std::string last_backup_status{};           // "Completed", "Failed" ...
  std::optional<Instant> last_backup_at{};
  std::optional<Instant> last_point_at{};
  std::string policy{};
  bool soft_deleted = false;     // the backups were deleted, and Azure still keeps them
  bool never_backed_up = false;  // Azure reports a time of the last backup that means "never"
};

}  // namespace azrestored
