// The recovery point that a job restores, by the rule of its file. Pure.
#pragma once

#include <span>

#include "core/azure/recovery_point.hpp"
#include "core/base/result.hpp"
#include "core/jobfile/point_rule.hpp"

namespace azrestored {

/// The newest point that fits. When none does: refused, with how many points were looked at and why the newest few
/// did not fit. `rule` is not PointById, which needs no choice.
Result<RecoveryPoint> choose_point(const PointRule& rule, std::span<const RecoveryPoint> points, Instant now);

}  // namespace azrestored
