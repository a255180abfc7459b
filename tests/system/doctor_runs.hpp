// What the tests of `azrestorectl doctor` share: its findings, read from --json, and a stage for it.
#pragma once

#include <string>
#include <vector>

#include "tests/support/stage.hpp"

namespace azrestored::test {

/// What doctor found, without how full this machine's disks are.
struct Examined {
  int ending = 0;
  Json checks = Json::array();
  std::string all;  // both outputs

  /// The findings of one check.
  [[nodiscard]] std::vector<Json> of(const std::string& check) const;
  /// The only finding of the check, "problem: SENTENCE".
  [[nodiscard]] std::string told(const std::string& check) const;
  /// The checks that found something, or were not made.
  [[nodiscard]] std::vector<std::string> not_ok() const;
};

Examined read_outcome(const Outcome& outcome);
Examined examine(const Stage& stage, std::vector<std::string> words = {});

/// Has the daemon make its folders and end again; secrets are for their user only.
void prepare(Stage& stage);

/// Signs in with a client's secret; the callers have these permissions on the vault.
Stage::Options by_secret(const Json& permissions = nullptr);

}  // namespace azrestored::test
