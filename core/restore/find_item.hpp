// Finds the protected item of a vault that a job names (azure-backup-api.md 1.2, 1.4). Pure.
#pragma once

#include <span>

#include "core/azure/arm_id.hpp"
#include "core/azure/protected_item.hpp"
#include "core/base/result.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// The members of an item that identify its VM. VaultCache keeps thousands of them in memory.
struct KnownItem {
  ProtectedItem item;
  std::string friendly_name;
  std::string virtual_machine_id;  // "" if it equals item.source_resource_id
};
KnownItem known_item(ItemRow row);

/// The only item that matches the selector. `not_found` if there is none (the sentence names the nearest), `conflict`
/// if there are several (the sentence lists them and says how to distinguish them). `selector` must not be ItemByName,
/// which needs no search.
Result<ProtectedItem> find_item(const VmSelector& selector, const VaultId& vault, std::span<const KnownItem> items);

}  // namespace azrestored
