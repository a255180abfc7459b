// The example jobs of config/examples together show every kind of restore that a job file can ask for.
// tests/unit/config/settings_test.cpp tests that each one is correct.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace azrestored::test {
namespace {

using nlohmann::json;

std::map<std::string, json> examples() {
  std::map<std::string, json> all;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(AZRESTORED_CONFIG_FOLDER) / "examples")) {
    all[entry.path().stem()] = json::parse(std::ifstream(entry.path()));
  }
  return all;
}

TEST(Examples, ShowEveryMemberOfAJobFile) {
  std::set<std::string> shown;
  for (const auto& [name, file] : examples()) {
    for (const auto& [member, value] : file.items()) shown.insert(member);
  }
  EXPECT_EQ(shown, (std::set<std::string>{"$schema", "auth", "crossRegion", "guardAuth", "name", "priority",
                                          "protectedItem", "recoveryPoint", "rehydration", "replaceDisksOf", "restore",
                                          "validate", "vault", "virtualMachine"}));
}

TEST(Examples, ShowEveryKindOfRestore) {
  std::set<std::string> shown;
  std::set<std::string> types;
  for (const auto& [name, file] : examples()) {
    for (const auto& [property, value] : file["restore"].items()) shown.insert(property);
    types.insert(file["restore"]["recoveryType"]);
  }
  for (const char* property :
       {"diskEncryptionSetId", "encryptionDetails", "extendedLocation", "identityBasedRestoreDetails", "identityInfo",
        "resourceGuardOperationRequests", "restoreDiskLunList", "restoreWithManagedDisks", "securedVMDetails",
        "targetDiskNetworkAccessSettings", "targetVirtualMachineId", "zones"}) {
    EXPECT_TRUE(shown.contains(property)) << "no example gives " << property;
  }
  EXPECT_EQ(types, (std::set<std::string>{"AlternateLocation", "OriginalLocation", "RestoreDisks"}));
}

TEST(Examples, HaveJobNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const auto& [name, file] : examples()) EXPECT_TRUE(names.insert(file["name"]).second) << name;
}

}  // namespace
}  // namespace azrestored::test
