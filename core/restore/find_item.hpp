// Which of a vault's protected items a job means (API.md 1.2, 1.4). Pure.
#pragma once

#include <span>

#include "core/azure/arm_id.hpp"
#include "core/azure/protected_item.hpp"
#include "core/jobfile/spec.hpp"
#include "core/base/result.hpp"

namespace azrestored {

/// What of a vault's item a VM is told by: thousands of them are kept in memory (VaultReader).
struct KnownItem {
  ProtectedItem item;
  std::string friendly_name;
  std::string virtual_machine_id;  // "" when it is the source's
};
KnownItem known_item(ItemRow row);

/// The one item that the selector means. `not_found` when there is none (with the nearest name), `conflict` when there
/// is more than one (with all of them, and how to tell them apart). `selector` is not ItemByName, which needs no
/// search.
Result<ProtectedItem> find_item(const VmSelector& selector, const VaultId& vault, std::span<const KnownItem> items);

}  // namespace azrestored
