// Rules of a restore order that follow from the vault and from the road taken: its identities, other subscriptions,
// other regions (API.md 3.3, 6). Called by restore_request only.
#pragma once

#include "json.hpp"
#include "restore_shape.hpp"
#include "state_file.hpp"

namespace azsim {

/// `identity`: the order's `identityInfo`. The vault must have the identity that it names.
[[nodiscard]] Verdict check_vault_identity(const Json& identity, const VaultSpec& vault);
/// A vault may forbid targets in other subscriptions than its own.
[[nodiscard]] Verdict check_subscriptions(const Json& order, const VaultSpec& vault);
/// What a cross-region restore cannot do, or must say.
[[nodiscard]] Verdict check_across_regions(const Json& order, const PointSpec& point);

}  // namespace azsim
