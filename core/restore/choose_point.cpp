#include "core/restore/choose_point.hpp"

#include <algorithm>
#include <functional>

#include "core/base/duration.hpp"
#include "core/base/text.hpp"
#include "core/restore/point_obstacles.hpp"

namespace azrestored {
namespace {

/// How many of the points that do not match are named in the sentence.
constexpr std::size_t named_points = 3;
constexpr std::string_view names_no_tier = "names no valid tier";

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const std::string& each) { return iequals(each, name); });
}

bool contains_any(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(wanted, [&](const std::string& each) { return contains(names, each); });
}

/// Why the point does not match; empty if it matches.
std::vector<std::string> mismatches(const PointFilter& filter, const RecoveryPoint& point, Instant now) {
  std::vector<std::string> found;
  if (filter.before && point.time >= *filter.before) found.push_back("is not before " + to_rfc3339(*filter.before));
  if (filter.after && point.time <= *filter.after) found.push_back("is not after " + to_rfc3339(*filter.after));
  if (filter.not_older_than && now - point.time > *filter.not_older_than) {
    found.push_back("is " + to_age(now - point.time) + " old, more than " + to_duration(*filter.not_older_than));
  }
  if (!filter.consistency.empty() && !contains(filter.consistency, point.consistency)) {
    found.push_back("is " + (point.consistency.empty() ? "of unknown consistency" : point.consistency));
  }
  if (!filter.tier.empty() && !contains_any(point.tiers, filter.tier)) {
    found.push_back(point.tiers.empty() ? std::string(names_no_tier) : "is in tier " + join_and(point.tiers));
  }
  return found;
}

std::vector<std::string> mismatches(const PointRule& rule, const RecoveryPoint& point, Instant now) {
  const auto* filter = std::get_if<PointFilter>(&rule);
  return filter == nullptr ? std::vector<std::string>() : mismatches(*filter, point, now);
}

/// Why the point is not chosen: what keeps Azure from restoring it, then why it does not match.
std::vector<std::string> objections(const PointRule& rule, const RecoveryPoint& point, Instant now) {
  std::vector<std::string> found;
  for (PointObstacle& obstacle : obstacles_of(point, now)) found.push_back(std::move(obstacle.predicate));
  for (std::string& mismatch : mismatches(rule, point, now)) {
    const bool is_said = point.no_valid_tier && mismatch == names_no_tier;  // by the obstacle
    if (!is_said) found.push_back(std::move(mismatch));
  }
  return found;
}

std::string described(const RecoveryPoint& point, const std::vector<std::string>& why) {
  return point.id + " of " + to_rfc3339(point.time) + " " + join_and(why);
}

std::string none_chosen(const PointRule& rule, std::size_t count) {
  const bool is_filter = std::holds_alternative<PointFilter>(rule);
  if (count == 1)
    return is_filter ? "the only recovery point does not match: " : "the only recovery point cannot be restored: ";
  return "none of the " + std::to_string(count) + " recovery points " + (is_filter ? "matches" : "can be restored") +
         "; nearest: ";
}

}  // namespace

Result<RecoveryPoint> choose_point(const PointRule& rule, std::span<const RecoveryPoint> points, Instant now) {
  std::vector<const RecoveryPoint*> newest_first;
  for (const RecoveryPoint& point : points) newest_first.push_back(&point);
  std::ranges::stable_sort(newest_first, std::greater{}, [](const RecoveryPoint* point) { return point->time; });
  if (newest_first.empty()) {
    return Error(ErrorKind::refused,
                 "the protected item has no recovery points: no backup of the VM has been completed yet, or all points "
                 "expired; `azrestorectl vms` shows its last backup");
  }

  // The nearest points first: those with the fewest objections, then the newest.
  std::vector<std::pair<const RecoveryPoint*, std::vector<std::string>>> misses;
  for (const RecoveryPoint* point : newest_first) {
    auto why = objections(rule, *point, now);
    if (why.empty()) return *point;
    misses.emplace_back(point, std::move(why));
  }
  std::ranges::stable_sort(misses, std::less{}, [](const auto& miss) { return miss.second.size(); });
  std::string sentence = none_chosen(rule, points.size());
  for (std::size_t i = 0; i < std::min(named_points, misses.size()); ++i) {
    const auto& [point, why] = misses[i];
    sentence += (i > 0 ? "; " : "") + described(*point, why);
  }
  return Error(ErrorKind::refused, sentence);
}

bool matches(const PointRule& rule, const RecoveryPoint& point, Instant now) {
  return mismatches(rule, point, now).empty();
}

std::string points_passed_over(const PointRule& rule, std::span<const RecoveryPoint> points,
                               const RecoveryPoint& chosen, Instant now) {
  std::vector<const RecoveryPoint*> newer;
  for (const RecoveryPoint& point : points) {
    if (point.time > chosen.time && matches(rule, point, now)) newer.push_back(&point);
  }
  if (newer.empty()) return "";
  std::ranges::stable_sort(newer, std::greater{}, [](const RecoveryPoint* point) { return point->time; });
  std::string sentence = newer.size() == 1
                             ? "a newer recovery point cannot be restored: "
                             : std::to_string(newer.size()) + " newer recovery points cannot be restored: ";
  for (std::size_t i = 0; i < std::min(named_points, newer.size()); ++i)
    sentence += (i > 0 ? "; " : "") + described(*newer[i], objections(rule, *newer[i], now));
  return sentence + (newer.size() > named_points ? "; ..." : "");
}

}  // namespace azrestored
