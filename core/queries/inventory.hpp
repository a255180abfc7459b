// The contents of a vault, for an operator who writes a job file: the protected VMs, or the recovery points of one VM
// and the point that a job's "recoveryPoint" would choose. Only reads, with the same sign-in as a job. Facts:
// azure-backup-api.md 1.4, 2.3, 2.4, 6.
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
  std::string cross_region;  // the secondary region; "" for the vault's own region
};

struct PointsQuestion {
  VaultQuestion where;
  VmSelector vm;
  PointRule rule;
};

/// Reads the parameters of a request: "vault" (an ARM id), and optionally "auth" and "region". `refused` with all
/// mistakes at once.
Result<VaultQuestion> read_vault_question(const std::map<std::string, std::string>& members);

/// As above, with "vm" (a name, "group/name" or an ARM id), and optionally "before", "after", "consistency", "tier"
/// (words separated by commas) and "notOlderThan", each as in a job file.
Result<PointsQuestion> read_points_question(const std::map<std::string, std::string>& members);

/// {"vault", "region", "vms": [{"name", "resourceGroup", "sourceResourceId", "container", "item", "protectionState",
/// "health", "healthDetails", "lastBackupAt", "lastBackupStatus", "lastRecoveryPointAt", "policy", "neverBackedUp",
/// "softDeleted"}]}, sorted by name. Errors with Azure's message: unauthorized, not_found, throttled, transient,
/// refused.
asio::awaitable<Result<nlohmann::json>> protected_vms(const ArmClients& sessions, Clock& clock, VaultQuestion question);

/// {"vault", "region", "name", "sourceResourceId", "container", "item", "total", "picked", "whyNone", "points": [{"id",
/// "time", "consistency", "tier", "tiers", "disks", "disksAttached", "zones", "encrypted", "managed", "osType", "size",
/// "securityType", "expiresAt", "softDeleted", "obstacle", "picked"}]}: the points that match the filters, newest
/// first; "obstacle" says why Azure cannot restore the point, or is null. If a job would find none, "whyNone" has the
/// reason. Errors as above; also not_found if the vault does not protect the VM, and conflict if it protects several.
asio::awaitable<Result<nlohmann::json>> recovery_points(const ArmClients& sessions, Clock& clock,
                                                        PointsQuestion question);

}  // namespace azrestored
