// Common parts of the tests of `azrestorectl doctor`: its findings, read from --json, and a stage for it.
#pragma once

#include <string>
#include <vector>

#include "tests/support/stage.hpp"

namespace azrestored::test {

/// The findings of doctor, without those about the space on this machine's disks.
struct Examined {
  int ending = 0;
  Json checks = Json::array();
  std::string all;  // both outputs

  /// The findings of one check.
  [[nodiscard]] std::vector<Json> of(const std::string& check) const;
  /// The only finding of the check, "problem: SENTENCE".
  [[nodiscard]] std::string finding(const std::string& check) const;
  /// The checks with a finding, and those that were not made.
  [[nodiscard]] std::vector<std::string> not_ok() const;
};

Examined read_outcome(const Outcome& outcome);
Examined examine(const Stage& stage, std::vector<std::string> words = {});

/// Starts the daemon to create its folders and stops it; secrets are readable by their user only.
void prepare(Stage& stage);

/// Signs in with a client secret; the client has these permissions on the vault.
Stage::Options by_secret(const Json& permissions = nullptr);

}  // namespace azrestored::test
