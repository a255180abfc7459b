// Chooses the recovery point that a job restores, by the rule of its job file. Pure.
#pragma once

#include <span>
#include <string>

#include "core/azure/recovery_point.hpp"
#include "core/base/result.hpp"
#include "core/jobfile/point_rule.hpp"

namespace azrestored {

/// The newest point that matches the rule and that Azure can restore (point_obstacles.hpp). `refused` if there is none;
/// the sentence says how many points there are and why the nearest do not match. `now` by Azure's clock. `rule` must
/// not be PointById, which needs no choice.
Result<RecoveryPoint> choose_point(const PointRule& rule, std::span<const RecoveryPoint> points, Instant now);

/// True if the point meets the rule, whether or not Azure can restore it.
bool matches(const PointRule& rule, const RecoveryPoint& point, Instant now);

/// A sentence about the points that match and are newer than the chosen one, and that Azure cannot restore; "" if there
/// is none. Without it, "latest" would be an older point than the operator expects, and the job would not say so.
std::string points_passed_over(const PointRule& rule, std::span<const RecoveryPoint> points,
                               const RecoveryPoint& chosen, Instant now);

}  // namespace azrestored
