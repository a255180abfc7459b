#include "core/restore/choose_point.hpp"

#include <algorithm>
#include <functional>

#include "core/base/duration.hpp"
#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// How many of the points that do not match are named in the sentence.
constexpr std::size_t named_points = 3;

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const std::string& each) { return iequals(each, name); });
}

bool contains_any(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(wanted, [&](const std::string& each) { return contains(names, each); });
}

/// Why the point does not match; empty if it matches.
std::vector<std::string> objections(const PointFilter& filter, const RecoveryPoint& point, Instant now) {
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
    found.push_back(point.tiers.empty() ? "names no valid tier" : "is in tier " + join_and(point.tiers));
  }
  return found;
}

}  // namespace

Result<RecoveryPoint> choose_point(const PointRule& rule, std::span<const RecoveryPoint> points, Instant now) {
  std::vector<const RecoveryPoint*> newest_first;
  for (const RecoveryPoint& point : points) newest_first.push_back(&point);
  std::ranges::stable_sort(newest_first, std::greater{}, [](const RecoveryPoint* point) { return point->time; });
  if (newest_first.empty()) {
    return Error(ErrorKind::refused, "the protected item has no recovery points");
  }
  const auto* filter = std::get_if<PointFilter>(&rule);
  if (filter == nullptr) return *newest_first.front();

  // The nearest points first: those with the fewest objections, then the newest.
  std::vector<std::pair<const RecoveryPoint*, std::vector<std::string>>> misses;
  for (const RecoveryPoint* point : newest_first) {
    auto why = objections(*filter, *point, now);
    if (why.empty()) return *point;
    misses.emplace_back(point, std::move(why));
  }
  std::ranges::stable_sort(misses, std::less{}, [](const auto& miss) { return miss.second.size(); });
  std::string sentence = "none of the " + std::to_string(points.size()) + " recovery points matches; nearest: ";
  if (points.size() == 1) sentence = "the only recovery point does not match: ";
  for (std::size_t i = 0; i < std::min(named_points, misses.size()); ++i) {
    const auto& [point, why] = misses[i];
    sentence += (i > 0 ? "; " : "") + point->id + " of " + to_rfc3339(point->time) + " " + join_and(why);
  }
  return Error(ErrorKind::refused, sentence);
}

}  // namespace azrestored
