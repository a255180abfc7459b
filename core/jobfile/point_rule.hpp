// The rule by which a job chooses its recovery point ("recoveryPoint" in the job file).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored {

struct LatestPoint {};
struct PointById {
  std::string id;
};
/// Selects the newest point that meets all given conditions.
struct PointFilter {
  std::optional<Instant> before;  // strictly before
  std::optional<Instant> after;   // strictly after
  std::vector<std::string> consistency;
  std::vector<std::string> tier;
  std::optional<Millis> not_older_than;  // relative to the moment of the choice
};
using PointRule = std::variant<LatestPoint, PointById, PointFilter>;

}  // namespace azrestored
