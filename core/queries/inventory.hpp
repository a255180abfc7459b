// What is in a vault, for a person who is about to write a job file: the protected VMs, and the recovery points of one
// of them with the point that a job's "recoveryPoint" would pick. Only reads, with the session that a job would sign in
// with. Facts: API.md 1.4, 2.3, 2.4, 6.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/arm/arm_clients.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

struct VaultQuestion {
  VaultId vault;
  std::string auth;          // the sign-in profile; "" for the default one
  std::string cross_region;  // the secondary region; "" for what is in the vault's own
};

struct PointsQuestion {
  VaultQuestion where;
  VmSelector vm;
  PointRule rule;
};

/// From the members of a request: "vault" (an ARM id), and if wanted "auth" and "region". `refused` with everything
/// that is wrong.
Result<VaultQuestion> read_vault_question(const std::map<std::string, std::string>& members);

/// As above, with "vm" (a name, "group/name" or an ARM id), and if wanted "before", "after", "consistency", "tier"
/// (words with commas between them) and "notOlderThan", each as in a job file.
Result<PointsQuestion> read_points_question(const std::map<std::string, std::string>& members);

/// {"vault", "region", "vms": [{"name", "resourceGroup", "sourceResourceId", "container", "item", "protectionState",
/// "health", "healthDetails", "lastBackupAt", "lastBackupStatus", "lastRecoveryPointAt", "policy", "softDeleted"}]}, by
/// name. Errors in the service's words: unauthorized, not_found, throttled, transient, refused.
asio::awaitable<Result<nlohmann::json>> protected_vms(const ArmSessions& sessions, Clock& clock,
                                                      VaultQuestion question);

/// {"vault", "region", "name", "sourceResourceId", "container", "item", "total", "picked", "whyNone", "points": [{"id",
/// "time", "consistency", "tier", "tiers", "disks", "disksAttached", "zones", "encrypted", "managed", "osType", "size",
/// "securityType", "picked"}]}: those that fit, newest first. When none fits, "whyNone" says why. Errors as above; not
/// found as well when the vault protects no such VM, conflict when it protects several.
asio::awaitable<Result<nlohmann::json>> recovery_points(const ArmSessions& sessions, Clock& clock,
                                                        PointsQuestion question);

}  // namespace azrestored
