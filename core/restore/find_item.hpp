// Finds the protected item of a vault that a job names (azure-backup-api.md 1.2, 1.4). Pure.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/azure/arm_id.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/protected_item.hpp"
#include "core/base/result.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// The members of an item that identify its VM or decide whether it can be restored. VaultCache keeps thousands of them
/// in memory.
struct KnownItem {
  ProtectedItem item;
  std::string friendly_name;
  std::string virtual_machine_id;  // "" if it equals item.source_resource_id
  bool soft_deleted = false;
  bool never_backed_up = false;
};
KnownItem known_item(ItemRow row);

/// Why Azure refuses every restore of the item, with the command that changes it: the item is soft-deleted
/// (azure-backup-api.md 12.1). nullopt if nothing speaks against it.
std::optional<Problem> item_obstacle(const KnownItem& item, const VaultId& vault);
/// A sentence for a warning if the item probably has no recovery point; otherwise "".
std::string item_doubt(const KnownItem& item);

/// The only item that matches the selector. `not_found` if there is none (the sentence names the nearest), `conflict`
/// if there are several (the sentence lists them and says how to distinguish them). `selector` must not be ItemByName,
/// which needs no search.
Result<KnownItem> find_item(const VmSelector& selector, const VaultId& vault, std::span<const KnownItem> items);

}  // namespace azrestored
