// Common parts of the simulator's own tests: a Front over the example state without sockets, a clock that only the test
// moves, and two valid restore requests to modify.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dotnet_time.hpp"
#include "front.hpp"
#include "json.hpp"
#include "state_file.hpp"

namespace azsim {

inline const std::string tenant_path = "/aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
inline const std::string vault =
    "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-backup/providers/"
    "Microsoft.RecoveryServices/vaults/contoso-vault";
inline const std::string web01 =
    vault +
    "/backupFabrics/Azure/protectionContainers/IaasVMContainer%3Biaasvmcontainerv2%3Bcontoso-web%3B"
    "web01/protectedItems/VM%3Biaasvmcontainerv2%3Bcontoso-web%3Bweb01";
inline const std::string point = "70010000000001";
inline const std::string version = "?api-version=2024-04-01";

/// A Front over the example state, with the first item's script changed by `script`, and a time that only the test
/// moves.
class Simulation {
 public:
  explicit Simulation(const std::string& script = "{}", const std::vector<std::string>& faults = {},
                      const FrontSettings& settings = open_settings())
      : front_(state_with(script), settings, faults) {}

  /// A Front over a state of the test.
  static Simulation over(const Json& state, const FrontSettings& settings = open_settings()) {
    return Simulation(parse_state(to_text(state)), settings);
  }

  static FrontSettings open_settings() {
    FrontSettings settings;
    settings.require_auth = false;
    return settings;
  }
  static State state_with(const std::string& script) {
    Json state = Json::parse(example_state());
    Json& restore = state["vaults"][0]["items"][0]["restore"];
    const Json changes = Json::parse(script);
    for (const auto& [name, value] : changes.items()) restore[name] = value;
    return parse_state(to_text(state));
  }

  void wait(double seconds) { now_ += ticks_of_seconds(seconds); }
  [[nodiscard]] Instant now() const { return now_; }

  Answer call(const std::string& method, const std::string& target, const std::string& body = {}, Pairs headers = {}) {
    Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers = std::move(headers);
    request.base_url = "https://127.0.0.1:1";
    request.connection = 1;
    return front_.answer(request, now_);
  }
  Response post(const std::string& target, const Json& body, Pairs headers = {}) {
    headers.emplace_back("Content-Type", "application/json");
    return call("POST", target, to_text(body), std::move(headers)).response;
  }
  Response get(const std::string& target) { return call("GET", target).response; }
  Json get_json(const std::string& target) { return Json::parse(get(target).body); }
  Json report() { return get_json("/_sim/report"); }

  Response restore(const Json& body, const std::string& request_id = "99999999-0000-4000-8000-000000000001",
                   const std::string& query = version) {
    return call("POST", web01 + "/recoveryPoints/" + point + "/restore" + query, to_text(body),
                {{"Content-Type", "application/json"}, {"x-ms-client-request-id", request_id}})
        .response;
  }

 private:
  Simulation(State state, const FrontSettings& settings) : front_(std::move(state), settings, {}) {}

  Instant now_ = *parse_iso("2026-11-22T12:00:00Z");
  Front front_;
};

inline Json disks_order() {
  return Json::parse(R"({"properties":{"objectType":"IaasVMRestoreRequest","recoveryPointId":"70010000000001",
    "recoveryType":"RestoreDisks",
    "sourceResourceId":"/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/CONTOSO-WEB/providers/Microsoft.Compute/virtualMachines/web01",
    "targetResourceGroupId":"/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-target",
    "storageAccountId":"/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-web/providers/Microsoft.Storage/storageAccounts/staging",
    "region":"westus","createNewCloudService":false,"originalStorageAccountOption":false}})");
}

inline Json vm_order() {
  Json order = disks_order();
  const std::string group = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-target";
  Json& p = order["properties"];
  p["recoveryType"] = "AlternateLocation";
  p["targetVirtualMachineId"] = group + "/providers/Microsoft.Compute/virtualmachines/web01-copy";
  p["virtualNetworkId"] = group + "/providers/Microsoft.Network/virtualNetworks/net";
  p["subnetId"] = group + "/providers/Microsoft.Network/virtualNetworks/net/subnets/default";
  return order;
}

/// The example state with its first item's script changed.
inline Json state_json(const Json& script = Json::object()) {
  Json state = Json::parse(example_state());
  for (const auto& [name, value] : script.items()) state["vaults"][0]["items"][0]["restore"][name] = value;
  return state;
}

inline std::string header(const Response& response, const std::string& name) {
  const std::string* value = find_value(response.headers, name);
  return value != nullptr ? *value : std::string();
}

/// The address without "https://127.0.0.1:1".
inline std::string target_of(const std::string& address) {
  return address.substr(std::string("https://127.0.0.1:1").size());
}

inline std::string code_of(const Response& response) {
  return Json::parse(response.body)["error"]["code"].get<std::string>();
}

}  // namespace azsim
