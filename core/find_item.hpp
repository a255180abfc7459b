// Which of a vault's protected items a job means (API.md 1.2, 1.4). Pure.
#pragma once

#include <span>

#include "core/codec.hpp"
#include "core/job_spec.hpp"

namespace azrestored {

/// The one item that the selector means. `refused` when there is none (with the nearest name) or more than one (with
/// all of them, and how to tell them apart). `selector` is not ItemByName, which needs no search.
Result<ProtectedItem> find_item(const VmSelector& selector, const VaultId& vault, std::span<const ItemRow> items);

}  // namespace azrestored
