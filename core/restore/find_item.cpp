#include "core/restore/find_item.hpp"

#include "core/base/case_folding.hpp"
#include "core/base/spelling.hpp"
#include "core/base/text.hpp"

namespace azrestored {
namespace {

bool is_vm(const KnownItem& row, const VmById& wanted) {
  return same_name(row.item.source_resource_id, wanted.id.text) || same_name(row.virtual_machine_id, wanted.id.text);
}

bool is_vm(const KnownItem& row, const VmByName& wanted) {
  return same_name(row.friendly_name, wanted.name) || same_name(last_segment(row.item.source_resource_id), wanted.name);
}

bool is_vm(const KnownItem& row, const VmByGroup& wanted) {
  const auto source = ArmId::parse(row.item.source_resource_id);
  return is_vm(row, VmByName{wanted.name}) && source && same_name(source->resource_group, wanted.resource_group);
}

bool is_vm(const KnownItem&, const ItemByName&) {
  return false;
}

std::string wanted_name(const VmById& wanted) {
  return wanted.id.name;
}
std::string wanted_name(const VmByName& wanted) {
  return wanted.name;
}
std::string wanted_name(const VmByGroup& wanted) {
  return wanted.name;
}
std::string wanted_name(const ItemByName& wanted) {
  return wanted.item;
}

std::string none_found(const std::string& name, const VaultId& vault, std::span<const KnownItem> items) {
  std::vector<std::string_view> names;
  for (const KnownItem& row : items) names.emplace_back(row.friendly_name);
  std::string sentence = "vault " + vault.name + " does not protect a VM " + name + "; it protects " +
                         std::to_string(items.size()) + (items.size() == 1 ? " VM" : " VMs");
  const std::string near = nearest_name(name, names);
  if (same_name(near, name)) return sentence + ", among them one with that name but with another resource group or id";
  if (!near.empty()) sentence += "; did you mean " + near + "?";
  return sentence;
}

std::string several_found(const std::string& name, const VaultId& vault, const std::vector<const KnownItem*>& found) {
  std::vector<std::string> ids;
  for (const KnownItem* row : found) {
    ids.push_back(row->item.source_resource_id + " (item " + row->item.item +
                  (row->soft_deleted ? ", soft-deleted)" : ")"));
  }
  return "vault " + vault.name + " protects " + std::to_string(found.size()) + " VMs that match " + name + ": " +
         join_and(ids) + "; name one by its ARM id in \"virtualMachine\"";
}

std::string name_of(const KnownItem& item) {
  return item.friendly_name.empty() ? last_segment(item.item.source_resource_id) : item.friendly_name;
}

}  // namespace

KnownItem known_item(ItemRow row) {
  const bool same = row.virtual_machine_id == row.item.source_resource_id;
  return {std::move(row.item), std::move(row.friendly_name), same ? "" : std::move(row.virtual_machine_id),
          row.soft_deleted, row.never_backed_up};
}

std::optional<Problem> item_obstacle(const KnownItem& item, const VaultId& vault) {
  if (!item.soft_deleted) return std::nullopt;
  return internal_problem(
      "RuleSoftDeletedItem",
      "the backups of " + name_of(item) +
          " are soft-deleted, and Azure restores a soft-deleted item only after it is undeleted: `az backup protection "
          "undelete --subscription " +
          vault.subscription + " --resource-group " + vault.resource_group + " --vault-name " + vault.name +
          " --container-name '" + item.item.container + "' --item-name '" + item.item.item +
          "' --backup-management-type AzureIaasVM --workload-type VM`");
}

std::string item_doubt(const KnownItem& item) {
  if (!item.never_backed_up) return "";
  return "Azure reports that " + name_of(item) +
         " was never backed up: no backup has been completed since its protection began";
}

Result<KnownItem> find_item(const VmSelector& selector, const VaultId& vault, std::span<const KnownItem> items) {
  std::vector<const KnownItem*> found;
  for (const KnownItem& row : items) {
    if (std::visit([&](const auto& wanted) { return is_vm(row, wanted); }, selector)) found.push_back(&row);
  }
  if (found.size() == 1) return *found.front();
  const std::string name = std::visit([](const auto& wanted) { return wanted_name(wanted); }, selector);
  if (found.empty()) return Error(ErrorKind::not_found, none_found(name, vault, items));
  return Error(ErrorKind::conflict, several_found(name, vault, found));
}

}  // namespace azrestored
