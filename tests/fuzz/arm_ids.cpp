// ARM ids: a parsed id has the same text; a vault's id can be written and read as the same vault.
#include "core/azure/arm_id.hpp"

#include "core/base/text.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {

void arm_ids(std::string_view input) {
  if (const auto id = ArmId::parse(input)) {
    require(id->text == input, "an id keeps its spelling");
    require(!id->subscription.empty() && !id->resource_group.empty() && !id->name.empty(), "an id has all its parts");
    // last_segment() also reads URLs, whose path ends at a question mark.
    const bool is_path = input.find('?') == std::string_view::npos;
    require(!is_path || last_segment(input) == id->name, "an id's last segment is its name");
  }
  if (const auto vault = VaultId::parse(input)) {
    const auto again = VaultId::parse(vault->arm_id());
    require(again && again->key() == vault->key(), "a vault's id names that vault");
    require(iequals(vault->arm_id(), input), "a vault's id is the same as its input, except letter case");
  }
  const VaultId vault = {"sub", "vault-rg", "safe"};
  if (const auto vm = vm_id_of_container(vault, input)) {
    const auto id = ArmId::parse(*vm);
    require(id && id->type == "Microsoft.Compute/virtualMachines", "the name of a container means the id of a VM");
  }
  require(last_segment(input).find('/') == std::string::npos, "a segment has no slash");
}

}  // namespace azrestored::fuzz
