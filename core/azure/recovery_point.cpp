#include "core/azure/recovery_point.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/duration.hpp"
#include "core/base/text.hpp"
#include "core/json/stored_numbers.hpp"

namespace azrestored {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const std::string& each) { return iequals(each, name); });
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
  if (point.expires_at) json["expiresAt"] = to_rfc3339(*point.expires_at);
  if (point.soft_deleted) json["softDeleted"] = true;
  if (point.no_valid_tier) json["noValidTier"] = true;
}

void from_json(const nlohmann::json& json, RecoveryPoint& point) {
  point.id = json.at("id").get<std::string>();
  point.time = parse_rfc3339(json.at("time").get<std::string>())
                   .value();  // throws, as at() and get() do, if the text is not a time
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
  point.expires_at.reset();
  if (json.contains("expiresAt")) point.expires_at = parse_rfc3339(json.at("expiresAt").get<std::string>()).value();
  point.soft_deleted = json.value("softDeleted", false);
  point.no_valid_tier = json.value("noValidTier", false);
}

std::string_view effective_tier(const RecoveryPoint& point) {
  const bool instant = contains(point.tiers, "InstantRP");
  const bool hardened = contains(point.tiers, "HardenedRP");
  const bool archived = contains(point.tiers, "ArchivedRP");
  // In the order of Microsoft's client: a point that was rehydrated is in both tiers of the vault.
  if (point.rehydrated || (hardened && archived)) return "VaultStandardRehydrated";
  if (instant && hardened) return "SnapshotAndVaultStandard";
  if (instant && archived) return "SnapshotAndVaultArchive";
  if (archived) return "VaultArchive";
  if (instant) return "Snapshot";
  if (hardened) return "VaultStandard";
  return "";
}

}  // namespace azrestored
