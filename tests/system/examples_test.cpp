// Goal: every example job in config/examples runs as it is. Method: for each, an Azure with the resources that it names
// (vault, VM, points of the kind it needs, guard, identities). The file is dropped unchanged, must succeed with one
// restore, and the request must have the file's properties.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr const char* guard_tenant = "cccccccc-3333-4333-8333-cccccccccccc";

struct Example {
  std::string name;
  Json file;
};

std::string vault_of(const Json& file) {
  const Json& vault = file.at("vault");
  if (vault.is_string()) return vault;
  return "/subscriptions/" + vault.at("subscriptionId").get<std::string>() + "/resourceGroups/" +
         vault.at("resourceGroup").get<std::string>() + "/providers/Microsoft.RecoveryServices/vaults/" +
         vault.at("name").get<std::string>();
}

/// The VM's id: given, or made from the vault's subscription and the file.
std::string vm_of(const Json& file) {
  std::string group = "web-rg";
  std::string name = "web01";
  if (file.contains("virtualMachine")) {
    const Json& vm = file.at("virtualMachine");
    if (vm.is_string() && vm.get<std::string>().starts_with("/")) return vm;
    if (vm.is_string()) name = vm;
    if (vm.is_object()) group = vm.at("resourceGroup");
  }
  const std::string vault = vault_of(file);
  return vault.substr(0, vault.find("/resourceGroups/")) + "/resourceGroups/" + group +
         "/providers/Microsoft.Compute/virtualMachines/" + name;
}

/// The recovery points that the example needs.
Json point_members(const std::string& example) {
  const auto in_tier = [](const char* type) { return Json::array({{{"type", type}, {"status", "Valid"}}}); };
  if (example == "archived-point") return {{"tiers", in_tier("ArchivedRP")}};
  if (example == "edge-zone") return {{"extendedLocation", "losangeles"}};
  if (example == "private-disk-access" || example == "same-disk-access") return {{"privateAccess", true}};
  if (example == "unmanaged-to-managed") return {{"managed", false}, {"tiers", in_tier("HardenedRP")}};
  if (example == "zone") return {{"zones", {"1"}}, {"tiers", in_tier("HardenedRP")}};
  if (example == "selected-disks") return {{"disks", {0, 2}}};
  if (example == "confidential-vm") return {{"securityType", "ConfidentialVM"}};
  return Json::object();
}

/// Two hours ago, as the service writes times.
std::string recent_time() {
  const std::time_t then = std::time(nullptr) - 2 * 60 * 60;
  std::tm parts{};
  ::gmtime_r(&then, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.1234567Z", &parts);
  return text;
}

Json points_for(const Example& example) {
  Json points = Json::array();
  // One older than every "before", one young enough for every "notOlderThan".
  for (const std::string& time : {std::string("2025-06-01T03:00:00.1234567Z"), recent_time()}) {
    const Json& wanted = example.file.value("recoveryPoint", Json());
    const bool by_id = wanted.is_string() && wanted != "latest";
    Json point = {{"name", by_id ? wanted : Json("70" + std::to_string(points.size()))}, {"time", time}};
    point.update(point_members(example.name));
    points.push_back(point);
    if (by_id) break;
  }
  return points;
}

Json azure_for(const Example& example) {
  const Json& file = example.file;
  Json secondary = points_for(example);
  for (Json& point : secondary) {
    point["name"] = "9" + point.at("name").get<std::string>();
    point["tiers"] = Json::array({{{"type", "HardenedRP"}, {"status", "Valid"}}});
  }
  const Json item = {{"vm", vm_of(file)},
                     {"points", points_for(example)},
                     {"secondaryPoints", secondary},
                     {"restore", {{"operationSeconds", 0.1}, {"jobSeconds", 0.3}, {"rehydrationSeconds", 0.2}}}};
  const Json& identity = file.at("restore").value("identityInfo", Json::object());
  Json vault = {{"id", vault_of(file)},
                {"location", "eastus"},
                {"secondaryRegion", "westus"},
                {"redundancy", example.name == "zone" ? "ZoneRedundant" : "GeoRedundant"},
                {"identity",
                 {{"systemAssigned", true},
                  {"userAssigned", identity.contains("managedIdentityResourceId")
                                       ? Json::array({identity.at("managedIdentityResourceId")})
                                       : Json::array()}}},
                {"items", Json::array({item})}};
  if (example.name.starts_with("resource-guard")) {
    vault["resourceGuards"] = {
        {{"id",
          "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/guard-rg/providers/"
          "Microsoft.DataProtection/resourceGuards/contoso-guard"},
         {"tenant", guard_tenant}}};
  }
  return {{"vaults", Json::array({vault})},
          {"accessTokens",
           {{{"token", access_token}, {"tenantId", tenant_id}},
            {{"token", "the-token-of-the-guards-tenant"}, {"tenantId", guard_tenant}}}}};
}

class Examples : public testing::TestWithParam<Example> {};

TEST_P(Examples, RunAsTheyAre) {
  Stage::Options options;
  options.azure = azure_for(GetParam());
  Stage stage(options);
  write_file(stage.path("guard-token"), "the-token-of-the-guards-tenant");
  const auto profile = [&](const char* name, const char* token) {
    return Json{{"name", name}, {"method", "accessToken"}, {"accessTokenFile", stage.path(token)}};
  };
  stage.configure(stage.sim.https_url(), {{"auth",
                                           {profile("default", "token"), profile("prod", "token"),
                                            profile("backup", "token"), profile("security-team", "guard-token")}}});
  stage.daemon.start();
  const Json& file = GetParam().file;
  stage.drop(file);

  const Json job = stage.wait_for_end(file.at("name"));
  ASSERT_EQ(job.at("state"), "succeeded") << job.dump(2);
  const Json restores = stage.sim.restores();
  ASSERT_EQ(restores.size(), 1U);
  const Json& body = restores[0].at("body");
  const Json& sent = body.contains("restoreRequest") ? body.at("restoreRequest") : body.at("properties");
  for (const auto& [name, value] : file.at("restore").items()) {
    if (name == "extraProperties") continue;
    EXPECT_EQ(sent.at(name), value) << name;
  }
  if (GetParam().name == "archived-point") {
    EXPECT_EQ(sent.at("objectType"), "IaasVMRestoreWithRehydrationRequest");
  }
  if (GetParam().name.starts_with("resource-guard")) {
    EXPECT_EQ(sent.at("resourceGuardOperationRequests").size(), 1U);
    EXPECT_EQ(restores[0].at("auxiliaryTenants"), Json::array({guard_tenant}));
  }
}

std::vector<Example> all_examples() {
  std::vector<Example> all;
  for (const auto& entry : std::filesystem::directory_iterator(EXAMPLES_DIRECTORY)) {
    all.push_back({entry.path().stem(), Json::parse(read_file(entry.path()))});
  }
  std::ranges::sort(all, {}, &Example::name);
  return all;
}

std::string as_name(const testing::TestParamInfo<Example>& example) {
  std::string name = example.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Folder, Examples, testing::ValuesIn(all_examples()), as_name);

}  // namespace
}  // namespace azrestored::test
