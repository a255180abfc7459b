// Recovery points and the rule by which a job picks one (job file: "recoveryPoint"). Pure.
// Facts: API.md 2.3 (fields), 2.4 (tiers).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/instant.hpp"
#include "core/result.hpp"

namespace azrestored {

/// What of a recovery point matters to choosing and showing it.
struct RecoveryPoint {
  std::string id;                  // decimal digits, kept as text (API.md 2.4)
  Instant time{};                  // when the data was taken
  std::string consistency;         // "AppConsistent", "CrashConsistent", "FileSystemConsistent", or what the service says
  std::vector<std::string> tiers;  // valid ones only: "InstantRP", "HardenedRP", "ArchivedRP"
  bool managed = true;             // of a VM with managed disks
};

void to_json(nlohmann::json& json, const RecoveryPoint& point);
void from_json(const nlohmann::json& json, RecoveryPoint& point);

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

/// The newest point that fits. When none does: refused, with how many points were looked at and why the newest few
/// did not fit. `rule` is not PointById, which needs no choice.
Result<RecoveryPoint> choose_point(const PointRule& rule, std::span<const RecoveryPoint> points, Instant now);

}  // namespace azrestored
