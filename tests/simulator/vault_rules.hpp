// Rules of a restore request that depend on the vault and on the kind of restore: identities, other subscriptions,
// other regions (azure-backup-api.md 3.3, 6). Called by restore_request only.
#pragma once

#include "json.hpp"
#include "restore_shape.hpp"
#include "state_file.hpp"

namespace azsim {

/// `identity`: the request's `identityInfo`. The vault must have the identity that it names.
[[nodiscard]] Verdict check_vault_identity(const Json& identity, const VaultSpec& vault);
/// A vault may forbid targets in other subscriptions.
[[nodiscard]] Verdict check_subscriptions(const Json& order, const VaultSpec& vault);
/// What a cross-region restore cannot do, or must contain.
[[nodiscard]] Verdict check_across_regions(const Json& order, const PointSpec& point);

}  // namespace azsim
