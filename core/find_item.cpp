#include "core/find_item.hpp"

#include "core/text.hpp"

namespace azrestored {
namespace {

bool is_vm(const ItemRow& row, const VmById& wanted) {
  return iequals(row.item.source_resource_id, wanted.id.text) || iequals(row.virtual_machine_id, wanted.id.text);
}

bool is_vm(const ItemRow& row, const VmByName& wanted) {
  return iequals(row.friendly_name, wanted.name) || iequals(last_segment(row.item.source_resource_id), wanted.name);
}

bool is_vm(const ItemRow& row, const VmByGroup& wanted) {
  const auto source = ArmId::parse(row.item.source_resource_id);
  return is_vm(row, VmByName{wanted.name}) && source && iequals(source->resource_group, wanted.resource_group);
}

bool is_vm(const ItemRow&, const ItemByName&) {
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

std::string none_found(const std::string& name, const VaultId& vault, std::span<const ItemRow> items) {
  std::vector<std::string_view> names;
  for (const ItemRow& row : items) names.emplace_back(row.friendly_name);
  std::string sentence = "vault " + vault.name + " protects no such VM as " + name + "; it protects " +
                         std::to_string(items.size()) + (items.size() == 1 ? " VM" : " VMs");
  const std::string near = nearest_name(name, names);
  if (iequals(near, name))
    return sentence + ", one of them with that name but in another resource group or with another id";
  if (!near.empty()) sentence += "; did you mean " + near + "?";
  return sentence;
}

std::string several_found(const std::string& name, const VaultId& vault, const std::vector<const ItemRow*>& found) {
  std::vector<std::string> ids;
  for (const ItemRow* row : found) ids.push_back(row->item.source_resource_id + " (item " + row->item.item + ")");
  return "vault " + vault.name + " protects " + std::to_string(found.size()) + " VMs that match " + name + ": " +
         join_and(ids) + "; name one by its ARM id in \"virtualMachine\"";
}

}  // namespace

Result<ProtectedItem> find_item(const VmSelector& selector, const VaultId& vault, std::span<const ItemRow> items) {
  std::vector<const ItemRow*> found;
  for (const ItemRow& row : items) {
    if (std::visit([&](const auto& wanted) { return is_vm(row, wanted); }, selector)) found.push_back(&row);
  }
  if (found.size() == 1) return found.front()->item;
  const std::string name = std::visit([](const auto& wanted) { return wanted_name(wanted); }, selector);
  return Error(ErrorKind::refused, found.empty() ? none_found(name, vault, items) : several_found(name, vault, found));
}

}  // namespace azrestored
