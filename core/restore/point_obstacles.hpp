// What keeps Azure from restoring a recovery point, whatever the restore: its data is deleted, expired or in no tier
// that can be read (azure-backup-api.md 2.3, 2.4). `latest` and filters never choose such a point; a point that the job
// file names is refused by rules.hpp. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/azure/recovery_point.hpp"
#include "core/base/instant.hpp"

namespace azrestored {

struct PointObstacle {
  std::string_view code;  // stable, of the catalogue: "RulePointExpired"
  std::string predicate;  // "expired at 2026-11-20T22:00:00Z": follows the name of the point
};

/// `now` by Azure's clock, which set the time of the expiry. Empty if nothing speaks against the point. A fact that
/// Azure does not report is no obstacle.
std::vector<PointObstacle> obstacles_of(const RecoveryPoint& point, Instant now);

}  // namespace azrestored
