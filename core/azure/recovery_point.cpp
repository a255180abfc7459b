#include "core/azure/recovery_point.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json/stored_numbers.hpp"
#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// How many of the points that did not fit are told of.
constexpr std::size_t told_points = 3;

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const std::string& each) { return iequals(each, name); });
}

bool contains_any(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(wanted, [&](const std::string& each) { return contains(names, each); });
}

/// Why the point does not fit; empty when it does.
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

void to_json(nlohmann::json& json, const RecoveryPoint& point) {
  json = {{"id", point.id},
          {"time", to_rfc3339(point.time)},
          {"consistency", point.consistency},
          {"tiers", point.tiers},
          {"managed", point.managed},
          {"rehydrated", point.rehydrated},
          {"encrypted", point.encrypted}};
  const auto put = [&](const char* name, const auto& known) {
    if (known) json[name] = *known;
  };
  put("privateAccess", point.private_access);
  put("originalStorageAccount", point.original_storage_account);
  put("disksIncluded", point.disks_included);
  put("disksAttached", point.disks_attached);
  const auto put_text = [&](const char* name, const auto& text) {
    if (!text.empty()) json[name] = text;
  };
  put_text("zones", point.zones);
  put_text("osType", point.os_type);
  put_text("size", point.size);
  put_text("securityType", point.security_type);
  put_text("extendedLocation", point.extended_location);
}

void from_json(const nlohmann::json& json, RecoveryPoint& point) {
  point.id = json.at("id").get<std::string>();
  point.time = parse_rfc3339(json.at("time").get<std::string>()).value();  // throws, as at() and get() do
  point.consistency = json.at("consistency").get<std::string>();
  point.tiers = json.at("tiers").get<std::vector<std::string>>();
  point.managed = json.at("managed").get<bool>();
  point.rehydrated = json.value("rehydrated", false);
  point.encrypted = json.value("encrypted", false);
  const auto take = [&]<class Known>(const char* name, std::optional<Known>& known) {
    known = json.contains(name) ? std::optional(json.at(name).get<Known>()) : std::nullopt;
  };
  take("privateAccess", point.private_access);
  take("originalStorageAccount", point.original_storage_account);
  if (json.contains("disksIncluded")) point.disks_included = stored_count(json.at("disksIncluded"));
  if (json.contains("disksAttached")) point.disks_attached = stored_count(json.at("disksAttached"));
  point.zones = json.value("zones", std::vector<std::string>{});
  point.os_type = json.value("osType", "");
  point.size = json.value("size", "");
  point.security_type = json.value("securityType", "");
  point.extended_location = json.value("extendedLocation", "");
}

std::string_view effective_tier(const RecoveryPoint& point) {
  const bool instant = contains(point.tiers, "InstantRP");
  const bool hardened = contains(point.tiers, "HardenedRP");
  const bool archived = contains(point.tiers, "ArchivedRP");
  // The order is the service's own client's: what was brought back from the archive is in both tiers of the vault.
  if (point.rehydrated || (hardened && archived)) return "VaultStandardRehydrated";
  if (instant && hardened) return "SnapshotAndVaultStandard";
  if (instant && archived) return "SnapshotAndVaultArchive";
  if (archived) return "VaultArchive";
  if (instant) return "Snapshot";
  if (hardened) return "VaultStandard";
  return "";
}

Result<RecoveryPoint> choose_point(const PointRule& rule, std::span<const RecoveryPoint> points, Instant now) {
  std::vector<const RecoveryPoint*> newest_first;
  for (const RecoveryPoint& point : points) newest_first.push_back(&point);
  std::ranges::stable_sort(newest_first, std::greater{}, [](const RecoveryPoint* point) { return point->time; });
  if (newest_first.empty()) {
    return Error(ErrorKind::refused, "the protected item has no recovery points");
  }
  const auto* filter = std::get_if<PointFilter>(&rule);
  if (filter == nullptr) return *newest_first.front();

  // The ones that miss by least are the ones worth telling: fewest objections first, then the newest.
  std::vector<std::pair<const RecoveryPoint*, std::vector<std::string>>> misses;
  for (const RecoveryPoint* point : newest_first) {
    auto why = objections(*filter, *point, now);
    if (why.empty()) return *point;
    misses.emplace_back(point, std::move(why));
  }
  std::ranges::stable_sort(misses, std::less{}, [](const auto& miss) { return miss.second.size(); });
  std::string sentence = "none of the " + std::to_string(points.size()) + " recovery points fits; nearest: ";
  if (points.size() == 1) sentence = "the only recovery point does not fit: ";
  for (std::size_t i = 0; i < std::min(told_points, misses.size()); ++i) {
    const auto& [point, why] = misses[i];
    sentence += (i > 0 ? "; " : "") + point->id + " of " + to_rfc3339(point->time) + " " + join_and(why);
  }
  return Error(ErrorKind::refused, sentence);
}

}  // namespace azrestored
