#include "core/jobfile/spec.hpp"

#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// The ARM id of the VM's resource group; "" if the selector does not contain it.
struct GroupOfVm {
  const VaultId& vault;

  std::string operator()(const VmById& vm) const { return group_id(vm.id.subscription, vm.id.resource_group); }
  std::string operator()(const VmByGroup& vm) const { return group_id(vault.subscription, vm.resource_group); }
  std::string operator()(const VmByName&) const { return ""; }
  std::string operator()(const ItemByName& item) const {
    const auto id = ArmId::parse(item.source_resource_id);
    return id ? group_id(id->subscription, id->resource_group) : "";
  }

  static std::string group_id(const std::string& subscription, const std::string& group) {
    return "/subscriptions/" + subscription + "/resourceGroups/" + group;
  }
};

}  // namespace

std::string vm_name_of(const VmSelector& vm) {
  struct Name {
    std::string operator()(const VmById& by) const { return by.id.name; }
    std::string operator()(const VmByGroup& by) const { return by.name; }
    std::string operator()(const VmByName& by) const { return by.name; }
    std::string operator()(const ItemByName& by) const { return last_segment(by.source_resource_id); }
  };
  return std::visit(Name{}, vm);
}

std::string_view to_text(RecoveryType type) {
  switch (type) {
    case RecoveryType::RestoreDisks:
      return "RestoreDisks";
    case RecoveryType::OriginalLocation:
      return "OriginalLocation";
    case RecoveryType::AlternateLocation:
      return "AlternateLocation";
  }
  return "";
}

std::string JobSpec::vm_name() const {
  return vm_name_of(vm);
}

std::string JobSpec::storage_account() const {
  if (const auto id = restore.find("storageAccountId"); id != restore.end() && id->is_string()) return *id;
  const auto by_identity = restore.find("identityBasedRestoreDetails");
  if (by_identity == restore.end() || !by_identity->is_object()) return "";
  const auto id = by_identity->find("targetStorageAccountId");
  return id != by_identity->end() && id->is_string() ? id->get<std::string>() : "";
}

std::string JobSpec::target_group() const {
  if (type != RecoveryType::OriginalLocation) {
    const auto id = restore.find("targetResourceGroupId");
    return id != restore.end() && id->is_string() ? id->get<std::string>() : "";
  }
  return std::visit(GroupOfVm{vault}, vm);
}

std::string_view to_text(Validation validation) {
  switch (validation) {
    case Validation::none:
      return "none";
    case Validation::local:
      return "local";
    case Validation::service:
      return "service";
  }
  return "";
}

}  // namespace azrestored
