// A protected item, as the vault's list shows it.
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
  // What people want to know of it; empty where the service does not say.
  std::string protection_state{};             // "Protected", "ProtectionStopped" ...
  std::string health{};                       // "Healthy", "Passed", "ActionRequired" ...
  std::vector<std::string> health_details{};  // in the service's words
  std::string last_backup_status{};           // "Completed", "Failed" ...
  std::optional<Instant> last_backup_at{};
  std::optional<Instant> last_point_at{};
  std::string policy{};
  bool soft_deleted = false;  // backups were deleted, and are kept for a while yet
};

}  // namespace azrestored
