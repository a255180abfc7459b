#include "core/azure/arm_id.hpp"

#include <vector>

#include "core/base/case_folding.hpp"
#include "core/base/text.hpp"

namespace azrestored {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> found;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto segment = path.substr(0, slash);
    found.push_back(segment);
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
    if (path.empty()) found.emplace_back();  // a trailing slash leaves an empty segment, which is refused below
  }
  return found;
}

}  // namespace

std::optional<ArmId> ArmId::parse(std::string_view text) {
  if (!text.starts_with('/')) return std::nullopt;
  const auto part = segments_of(text.substr(1));
  for (const auto segment : part) {
    if (segment.empty()) return std::nullopt;
  }
  if (part.size() < 4 || !iequals(part[0], "subscriptions") || !iequals(part[2], "resourceGroups")) return std::nullopt;
  ArmId id{std::string(text), std::string(part[1]), std::string(part[3]), "", std::string(part[3])};
  if (part.size() == 4) return id;
  // /providers/{namespace}/{type}/{name}[/{type}/{name}...]
  if (part.size() < 8 || part.size() % 2 != 0 || !iequals(part[4], "providers")) return std::nullopt;
  id.type = part[5];
  for (std::size_t i = 6; i < part.size(); i += 2) id.type.append("/").append(part[i]);
  id.name = part.back();
  return id;
}

std::optional<VaultId> VaultId::parse(std::string_view arm_id) {
  const auto id = ArmId::parse(arm_id);
  if (!id || !iequals(id->type, "Microsoft.RecoveryServices/vaults")) return std::nullopt;
  return VaultId{id->subscription, id->resource_group, id->name};
}

std::string VaultId::arm_id() const {
  return "/subscriptions/" + subscription + "/resourceGroups/" + resource_group +
         "/providers/Microsoft.RecoveryServices/vaults/" + name;
}

std::string VaultId::key() const {
  return fold_case(arm_id());
}

std::optional<std::string> vm_id_of_container(const VaultId& vault, std::string_view container) {
  if (container.find('/') != std::string_view::npos)
    return std::nullopt;  // not a single name, and it would become part of ids
  std::vector<std::string_view> part;
  for (;;) {
    const auto semicolon = container.find(';');
    part.push_back(container.substr(0, semicolon));
    if (semicolon == std::string_view::npos) break;
    container.remove_prefix(semicolon + 1);
  }
  // "[IaasVMContainer;]iaasvmcontainerv2;{group};{vm}". The classic form (iaasvmcontainer;{cloud service};{vm}) is not
  // a Resource Manager VM.
  if (part.size() == 4 && iequals(part[0], "IaasVMContainer")) part.erase(part.begin());
  if (part.size() != 3 || !iequals(part[0], "iaasvmcontainerv2") || part[1].empty() || part[2].empty()) {
    return std::nullopt;
  }
  return "/subscriptions/" + vault.subscription + "/resourceGroups/" + std::string(part[1]) +
         "/providers/Microsoft.Compute/virtualMachines/" + std::string(part[2]);
}

std::string last_segment(std::string_view path) {
  path = path.substr(0, path.find('?'));
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace azrestored
