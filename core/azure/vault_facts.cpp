#include "core/azure/vault_facts.hpp"

#include <nlohmann/json.hpp>

namespace azrestored {
namespace {

using nlohmann::json;

}  // namespace

void to_json(json& json, const VaultFacts& facts) {
  json = {{"location", facts.location},
          {"redundancy", facts.redundancy},
          {"systemIdentity", facts.system_identity},
          {"userIdentities", facts.user_identities}};
  const auto put = [&](const char* name, std::optional<bool> known) {
    if (known) json[name] = *known;
  };
  put("crossRegionRestore", facts.cross_region_restore);
  put("crossSubscription", facts.cross_subscription);
  put("guarded", facts.guarded);
}

void from_json(const json& json, VaultFacts& facts) {
  facts.location = json.at("location").get<std::string>();
  facts.redundancy = json.at("redundancy").get<std::string>();
  facts.system_identity = json.at("systemIdentity").get<bool>();
  facts.user_identities = json.at("userIdentities").get<std::vector<std::string>>();
  const auto take = [&](const char* name) {
    return json.contains(name) ? std::optional(json.at(name).get<bool>()) : std::nullopt;
  };
  facts.cross_region_restore = take("crossRegionRestore");
  facts.cross_subscription = take("crossSubscription");
  facts.guarded = take("guarded");
}

}  // namespace azrestored
