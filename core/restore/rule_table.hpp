// How a rule of the service is written down here. Used by restore_rules*.cpp and their tests alone.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/azure/recovery_point.hpp"
#include "core/azure/vault_facts.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

enum class RuleWeight {
  refuses,  // the service, or its own client, refuses it always
  warns     // it may work today, or does something else than was perhaps meant
};

/// What may be asked of a point. `breach` is the sentence for a person, "" when the rule holds or too little is known.
struct PointRestoreRule {
  std::string_view code;
  RuleWeight weight;
  std::string_view source;
  std::string (*breach)(const JobSpec&, const RecoveryPoint&);
};
std::span<const PointRestoreRule> point_rules();

/// What a vault allows. `topic` says what is not checked when the vault is not known, provided that the rule `concerns`
/// the job at all.
struct VaultRestoreRule {
  std::string_view code;
  RuleWeight weight;
  std::string_view source;
  std::string_view topic;
  bool (*concerns)(const JobSpec&);
  std::string (*breach)(const JobSpec&, const VaultFacts&, const RecoveryPoint&);
};
std::span<const VaultRestoreRule> vault_rules();

/// True when the restore goes to a resource group, VM or storage account of another subscription than the vault's.
bool is_cross_subscription(const JobSpec& spec);

}  // namespace azrestored
