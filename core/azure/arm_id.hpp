// Azure Resource Manager ids, as far as a restore needs them (azure-backup-api.md 0, 1). Pure.
// Ids keep their spelling. They compare without regard to letter case, as ARM does (azure-backup-api.md 1.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

/// /subscriptions/{subscription}/resourceGroups/{resource_group}/providers/{type}/{name}
struct ArmId {
  std::string text;  // the whole id, as written
  std::string subscription;
  std::string resource_group;
  std::string type;  // "Microsoft.Compute/virtualMachines"; empty for the id of a resource group
  std::string name;  // the last segment; for a resource group, its name

  /// Parses the id of a resource group, or of a top-level or nested resource in one; nullopt for any other text.
  static std::optional<ArmId> parse(std::string_view text);
};

/// A Recovery Services vault.
struct VaultId {
  std::string subscription;
  std::string resource_group;
  std::string name;

  /// Parses the ARM id of a vault; nullopt for any other text.
  static std::optional<VaultId> parse(std::string_view arm_id);

  /// "/subscriptions/.../providers/Microsoft.RecoveryServices/vaults/{name}"
  [[nodiscard]] std::string arm_id() const;

  /// Equal for all spellings of the same vault; the key of maps.
  [[nodiscard]] std::string key() const;
};

/// The names of a protected item in its vault, as Azure's list spells them (azure-backup-api.md 1.2).
struct ProtectedItem {
  std::string container;           // "IaasVMContainer;iaasvmcontainerv2;rg;vm"
  std::string item;                // "VM;iaasvmcontainerv2;rg;vm"
  std::string source_resource_id;  // the VM's ARM id; the VM may no longer exist
};

/// The VM's ARM id for a container name "...;iaasvmcontainerv2;{group};{vm}" (azure-backup-api.md 1.1). The
/// subscription is the vault's, because Azure Backup protects a VM in a vault of the same subscription. nullopt for
/// another form.
std::optional<std::string> vm_id_of_container(const VaultId& vault, std::string_view container);

/// The last segment of an ARM id or URL path; for the id of a VM, its name.
std::string last_segment(std::string_view path);

}  // namespace azrestored
