// A small correct job file for tests, and functions that damage or extend it. Tests count lines and columns of faults
// in it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"

namespace azrestored::test {

/// Ten lines; "restore" begins on line 5.
inline constexpr std::string_view small_job = R"({
  "name": "drill",
  "vault": "/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe",
  "virtualMachine": "/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Compute/virtualMachines/web01",
  "restore": {
    "recoveryType": "RestoreDisks",
    "storageAccountId": "/subscriptions/sub/resourceGroups/vm-rg/providers/Microsoft.Storage/storageAccounts/stage",
    "targetResourceGroupId": "/subscriptions/sub/resourceGroups/target-rg"
  }
}
)";

/// `text` with the only occurrence of `from` replaced by `to`.
inline std::string edited(std::string_view text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string_view::npos) << "the sample holds no " << from;
  EXPECT_EQ(text.find(from, at + 1), std::string_view::npos) << "the sample holds more than one " << from;
  return std::string(text.substr(0, at)).append(to).append(text.substr(at + from.size()));
}

/// The small job with more members before its "restore".
inline std::string with_members(std::string_view members) {
  return edited(small_job, "  \"restore\"", "  " + std::string(members) + ",\n  \"restore\"");
}

/// The small job with more properties at the start of its "restore": on line 6, from column 5.
inline std::string with_properties(std::string_view properties) {
  return edited(small_job, "    \"recoveryType\"", "    " + std::string(properties) + ",\n    \"recoveryType\"");
}

inline std::vector<std::string> faults_of(std::string_view text) {
  std::vector<Fault> faults;
  const auto spec = read_job_spec(text, faults);
  EXPECT_EQ(spec.has_value(), faults.empty()) << "either a spec or faults, never both and never none";
  std::vector<std::string> texts;
  for (const Fault& fault : faults) texts.push_back(fault.text());
  return texts;
}

inline JobSpec spec_of(std::string_view text) {
  std::vector<Fault> faults;
  auto spec = read_job_spec(text, faults);
  for (const Fault& fault : faults) ADD_FAILURE() << fault.text();
  return spec.value_or(JobSpec{});
}

}  // namespace azrestored::test
