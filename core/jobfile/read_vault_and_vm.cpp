// Reads the vault and the VM of a job file. Grammar: job_file.cpp.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/azure/arm_id_hint.hpp"
#include "core/base/case_folding.hpp"
#include "core/base/pasted_text.hpp"
#include "core/base/text.hpp"
#include "core/jobfile/member_names.hpp"
#include "core/jobfile/readers.hpp"
#include "core/json/fault.hpp"
#include "core/json/unknown_members.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

constexpr std::string_view vault_forms =
    "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{name} or an object with "
    "\"subscriptionId\", \"resourceGroup\" and \"name\"";
constexpr std::string_view vm_forms =
    "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}, an object with "
    "\"resourceGroup\" and \"name\", or the VM's name alone";
constexpr std::string_view vault_types[] = {"Microsoft.RecoveryServices/vaults"};
constexpr std::string_view vm_types[] = {"Microsoft.Compute/virtualMachines",
                                         "Microsoft.ClassicCompute/virtualMachines"};

bool is_free_of_url_characters(std::string_view text) {
  return text.find_first_of("?#%\\") == std::string_view::npos;
}

/// A required member that is a plain name; nullopt after a fault.
std::optional<std::string> plain_name(ObjectReader& object, std::string_view name) {
  constexpr std::string_view expected = "a plain name, without / ? # % \\ or control characters";
  if (object.find(name) == nullptr) {
    object.fault(name, in_quotes(name) + " is missing; expected " + std::string(expected));
    return std::nullopt;
  }
  auto text = object.text(name, expected);
  if (!text || is_plain_name(*text)) return text;
  object.unexpected(name, std::string(expected) + hidden_hint(*text));
  return std::nullopt;
}

std::string vault_hint(const json& value) {
  if (!value.is_string()) return "";
  const auto& text = value.get_ref<const std::string&>();
  if (text.find('/') == std::string::npos && is_free_of_url_characters(text))
    return "; a name alone does not identify the subscription and the resource group";
  return id_hint(text, vault_types);
}

std::optional<VmById> vm_by_id(const std::string& text) {
  auto id = ArmId::parse(text);
  const bool is_vm = id && !find_ignoring_case(id->type, vm_types).empty();
  if (!is_vm || !is_plain(text)) return std::nullopt;
  return VmById{*std::move(id)};
}

std::optional<VmSelector> read_named_vm(ObjectReader& file) {
  const json& value = *file.find("virtualMachine");
  if (value.is_object()) {
    auto object = file.object("virtualMachine", vm_forms);
    refuse_unknown(*object, "member", job_members("virtualMachine"));
    auto group = plain_name(*object, "resourceGroup");
    auto name = plain_name(*object, "name");
    if (!group || !name) return std::nullopt;
    return VmByGroup{*std::move(group), *std::move(name)};
  }
  std::string hint;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (auto by_id = vm_by_id(text)) return *std::move(by_id);
    if (is_plain_name(text)) return VmByName{text};
    hint = id_hint(text, vm_types);
  }
  file.unexpected("virtualMachine", std::string(vm_forms) + hint);
  return std::nullopt;
}

/// restore.sourceResourceId if it is the id of a VM. restore_properties.cpp reports any other value.
std::optional<VmById> source_of(const ObjectReader& file) {
  const json* restore = file.find("restore");
  if (restore == nullptr || !restore->is_object()) return std::nullopt;
  const auto source = restore->find("sourceResourceId");
  if (source == restore->end() || !source->is_string()) return std::nullopt;
  return vm_by_id(source->get_ref<const std::string&>());
}

std::optional<VmSelector> read_item(ObjectReader& file, const std::optional<VmSelector>& vm,
                                    const std::optional<VaultId>& vault) {
  auto object = file.object("protectedItem", "an object with \"container\" and \"item\"");
  if (!object) return std::nullopt;
  refuse_unknown(*object, "member", job_members("protectedItem"));
  auto container = plain_name(*object, "container");
  auto item = plain_name(*object, "item");
  const auto* by_id = vm ? std::get_if<VmById>(&*vm) : nullptr;
  if (vm && by_id == nullptr) {
    file.unexpected("virtualMachine", "the VM's ARM id, because \"protectedItem\" is also given");
    return std::nullopt;
  }
  if (!container || !item) return std::nullopt;
  std::optional<std::string> source;
  if (by_id != nullptr) {
    source = by_id->id.text;
  } else if (const auto given = source_of(file)) {
    source = given->id.text;
  } else if (vault) {
    source = vm_id_of_container(*vault, *container);
  }
  if (source) return ItemByName{*std::move(container), *std::move(item), *std::move(source)};
  const json* restore = file.find("restore");
  const bool is_reported_already = !vault || (restore != nullptr && restore->contains("sourceResourceId"));
  if (!is_reported_already) {
    object->fault("container", "the name " + in_quotes(*container) +
                                   " does not contain the VM's id; add \"sourceResourceId\" to \"restore\"");
  }
  return std::nullopt;
}

bool is_same_vm(const VmById& source, const VmSelector& vm) {
  struct OutcomeComparison {
    const ArmId& id;
    bool operator()(const VmById& other) const { return same_name(id.text, other.id.text); }
    bool operator()(const VmByGroup& other) const {
      return same_name(id.resource_group, other.resource_group) && same_name(id.name, other.name);
    }
    bool operator()(const VmByName& other) const { return same_name(id.name, other.name); }
    bool operator()(const ItemByName& other) const { return same_name(id.text, other.source_resource_id); }
  };
  return std::visit(OutcomeComparison{source.id}, vm);
}

}  // namespace

bool is_plain(std::string_view text) {
  return is_free_of_url_characters(text) && !hidden_character(text);
}

bool is_plain_name(std::string_view text) {
  return !text.empty() && text != "." && text != ".." && is_plain(text) && text.find('/') == std::string_view::npos;
}

std::optional<VaultId> read_vault(ObjectReader& file) {
  const json* value = file.find("vault");
  if (value == nullptr) {
    file.fault("vault", "\"vault\" is missing; expected " + std::string(vault_forms));
    return std::nullopt;
  }
  if (value->is_object()) {
    auto object = file.object("vault", vault_forms);
    refuse_unknown(*object, "member", job_members("vault"));
    auto subscription = plain_name(*object, "subscriptionId");
    auto group = plain_name(*object, "resourceGroup");
    auto name = plain_name(*object, "name");
    if (!subscription || !group || !name) return std::nullopt;
    return VaultId{*std::move(subscription), *std::move(group), *std::move(name)};
  }
  auto vault = value->is_string() ? VaultId::parse(value->get_ref<const std::string&>()) : std::nullopt;
  const bool is_plain =
      vault && is_plain_name(vault->subscription) && is_plain_name(vault->resource_group) && is_plain_name(vault->name);
  if (is_plain) return vault;
  file.unexpected("vault", std::string(vault_forms) + vault_hint(*value));
  return std::nullopt;
}

std::optional<VmSelector> read_vm(ObjectReader& file, const std::optional<VaultId>& vault) {
  const bool is_named = file.find("virtualMachine") != nullptr;
  const bool is_item = file.find("protectedItem") != nullptr;
  if (!is_named && !is_item) {
    file.fault("virtualMachine", "\"virtualMachine\" is missing; expected " + std::string(vm_forms) +
                                     "; or \"protectedItem\" for a VM that no longer exists");
    return std::nullopt;
  }
  std::optional<VmSelector> vm;
  if (is_named) vm = read_named_vm(file);
  const bool is_misread = is_named && !vm;
  if (is_item) {
    auto item = read_item(file, vm, vault);
    vm = is_misread ? std::nullopt : std::move(item);
  }
  if (!vm) return std::nullopt;
  const auto source = source_of(file);
  if (source && !is_same_vm(*source, *vm)) {
    file.fault_at(child_pointer(file.pointer_of("restore"), "sourceResourceId"),
                  "found the VM " + in_quotes(source->id.name) + " of " + in_quotes(source->id.resource_group) +
                      ", but \"virtualMachine\" names another VM; remove it, or name the same VM in both");
  }
  return vm;
}

}  // namespace azrestored
