// The form of a rule in the tables. Used only by the rules of this room and their tests.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/azure/recovery_point.hpp"
#include "core/azure/vault_facts.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

enum class RuleWeight {
  refuses,  // Azure, or its own client, always refuses the request
  warns     // Azure may accept the request, or may do something that was not intended
};

/// A rule about the recovery point. `breach` returns a sentence for the operator, or "" if the rule holds or too little
/// is known.
struct PointRestoreRule {
  std::string_view code;
  RuleWeight weight;
  std::string_view source;
  std::string (*breach)(const JobSpec&, const RecoveryPoint&);
};
std::span<const PointRestoreRule> point_rules();

/// A rule about the vault. If the vault is unknown and the rule `concerns` the job, `topic` names what is not checked.
struct VaultRestoreRule {
  std::string_view code;
  RuleWeight weight;
  std::string_view source;
  std::string_view topic;
  bool (*concerns)(const JobSpec&);
  std::string (*breach)(const JobSpec&, const VaultFacts&, const RecoveryPoint&);
};
std::span<const VaultRestoreRule> vault_rules();

/// True if the target resource group, VM or storage account is in another subscription than the vault.
bool is_cross_subscription(const JobSpec& spec);

}  // namespace azrestored
