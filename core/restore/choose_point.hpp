// Chooses the recovery point that a job restores, by the rule of its job file. Pure.
#pragma once

#include <span>

#include "core/azure/recovery_point.hpp"
#include "core/base/result.hpp"
#include "core/jobfile/point_rule.hpp"

namespace azrestored {

/// The newest point that matches the rule. `refused` if there is none; the sentence says how many points there are and
/// why the nearest do not match. `rule` must not be PointById, which needs no choice.
Result<RecoveryPoint> choose_point(const PointRule& rule, std::span<const RecoveryPoint> points, Instant now);

}  // namespace azrestored
