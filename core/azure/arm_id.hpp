// Azure Resource Manager ids, as far as a restore needs them (API.md 0, 1).
// Ids keep the spelling they came with; they compare without regard to case, as ARM promises (API.md 1.2).
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
  std::string name;  // last segment; for a resource group its name

  /// Reads an id of a resource group or of a top-level or nested resource in one; nullopt when it is neither.
  static std::optional<ArmId> parse(std::string_view text);
};

/// A Recovery Services vault.
struct VaultId {
  std::string subscription;
  std::string resource_group;
  std::string name;

  /// Reads the ARM id of a vault; nullopt when it is the id of something else.
  static std::optional<VaultId> parse(std::string_view arm_id);

  /// "/subscriptions/.../providers/Microsoft.RecoveryServices/vaults/{name}"
  [[nodiscard]] std::string arm_id() const;

  /// The same for every spelling of the same vault: what maps are keyed by.
  [[nodiscard]] std::string key() const;
};

/// A protected item's place in its vault, taken from the service's own list (API.md 1.2).
struct ProtectedItem {
  std::string container;           // "IaasVMContainer;iaasvmcontainerv2;rg;vm"
  std::string item;                // "VM;iaasvmcontainerv2;rg;vm"
  std::string source_resource_id;  // the VM's ARM id; the VM itself may be gone
};

/// The VM's ARM id that a container's name stands for ("...;iaasvmcontainerv2;{group};{vm}", API.md 1.1), in the
/// vault's subscription: Azure Backup keeps a VM in a vault of its own subscription. nullopt for names of another form.
std::optional<std::string> vm_id_of_container(const VaultId& vault, std::string_view container);

/// The last segment of an ARM id or URL path: the VM's name of a VM's id.
std::string last_segment(std::string_view path);

}  // namespace azrestored
