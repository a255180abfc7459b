// The rule by which a job picks its recovery point (job file: "recoveryPoint").
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
/// The newest point for which everything that is given holds.
struct PointFilter {
  std::optional<Instant> before;  // strictly before
  std::optional<Instant> after;   // strictly after
  std::vector<std::string> consistency;
  std::vector<std::string> tier;
  std::optional<Millis> not_older_than;  // measured from the moment of choosing
};
using PointRule = std::variant<LatestPoint, PointById, PointFilter>;

}  // namespace azrestored
