#include "core/restore/point_obstacles.hpp"

namespace azrestored {

std::vector<PointObstacle> obstacles_of(const RecoveryPoint& point, Instant now) {
  std::vector<PointObstacle> found;
  if (point.soft_deleted) found.push_back({"RulePointSoftDeleted", "is soft-deleted"});
  if (point.expires_at && *point.expires_at <= now)
    found.push_back({"RulePointExpired", "expired at " + to_rfc3339(*point.expires_at)});
  if (point.no_valid_tier) found.push_back({"RulePointUnreadable", "has no valid tier"});
  return found;
}

}  // namespace azrestored
