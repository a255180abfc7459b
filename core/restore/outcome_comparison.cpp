#include "core/restore/outcome_comparison.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/azure/azure_time.hpp"
#include "core/base/case_folding.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/json/lenient.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

/// The report's texts by their keys. Some keys end in blanks, which are removed. Other values are left out.
std::map<std::string, std::string> texts_of(const json& bag) {
  std::map<std::string, std::string> texts;
  if (!bag.is_object()) return texts;
  for (const auto& [key, value] : bag.items()) {
    if (value.is_string() && !trimmed(value.get<std::string>()).empty())
      texts[trimmed(key)] = trimmed(value.get<std::string>());
  }
  return texts;
}

class Comparer {
 public:
  Comparer(const JobSpec& spec, const RecoveryPoint& point, const json& outcome)
      : spec_(spec),
        point_(point),
        report_(texts_of(member(outcome, "propertyBag"))),
        location_type_(text(member(outcome, "internalPropertyBag"), "restoreLocationType")) {}

  OutcomeComparison compare() && {
    compare_type();
    compare_account();
    compare_group();
    compare_vm();
    compare_network();
    compare_point_time();
    compare_disks();
    name_unreported();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string reported(const char* key) const {
    const auto found = report_.find(key);
    return found == report_.end() ? "" : found->second;
  }

  void unchecked(std::string_view what) { result_.unchecked.emplace_back(what); }

  void differs(const std::string& noun, const std::string& asked, const std::string& got) {
    result_.findings.push_back("requested " + noun + " " + printable(asked) + ", but Azure reports " + printable(got));
  }

  /// Compares names without case. If one side is unknown, the property is unchecked.
  void compare_names(std::string_view property, const std::string& noun, const std::string& asked,
                     const std::string& got) {
    if (asked.empty() || got.empty()) return unchecked(property);
    if (!same_name(asked, got)) differs(noun, asked, got);
  }

  /// The name in an ARM id of the request; "" if the text is not an ARM id.
  [[nodiscard]] static std::string name_in(const std::string& id) {
    const auto parsed = ArmId::parse(id);
    return parsed ? parsed->name : "";
  }

  void compare_type() {
    static const std::map<std::string, std::string> words = {
        {"recover disks", "RestoreDisks"},
        {"replace disks", "OriginalLocation"},
        {"recover vm to an alternate location", "AlternateLocation"}};
    std::string got;
    for (const auto& [word, type] : words) {
      if (iequals(location_type_, type) || (location_type_.empty() && iequals(reported("Job Type"), word))) got = type;
    }
    compare_names("recoveryType", "recovery type", std::string(to_text(spec_.type)), got);
  }

  void compare_account() {
    const json& by_identity = member(spec_.restore, "identityBasedRestoreDetails");
    const bool has_identity = has_value(by_identity, "targetStorageAccountId");
    const std::string id =
        has_identity ? text(by_identity, "targetStorageAccountId") : text(spec_.restore, "storageAccountId");
    compare_names(has_identity ? "identityBasedRestoreDetails" : "storageAccountId", "storage account", name_in(id),
                  reported("Target Storage Account Name"));
  }

  void compare_group() {
    if (!has_value(spec_.restore, "targetResourceGroupId")) return;
    compare_names("targetResourceGroupId", "resource group", name_in(text(spec_.restore, "targetResourceGroupId")),
                  reported("Target resource group"));
  }

  void compare_vm() {
    if (spec_.type == RecoveryType::RestoreDisks) return;  // the report then holds a placeholder
    const bool is_new = spec_.type == RecoveryType::AlternateLocation;
    const std::string asked = is_new ? name_in(text(spec_.restore, "targetVirtualMachineId")) : spec_.vm_name();
    std::string got = reported("Target VM Name");
    if (got == "vmName") got.clear();
    compare_names(is_new ? "targetVirtualMachineId" : "replaceDisksOf", "VM", asked, got);
  }

  /// "Group {resource group} {network}"
  void compare_network() {
    if (!has_value(spec_.restore, "virtualNetworkId")) return;
    const auto asked = ArmId::parse(text(spec_.restore, "virtualNetworkId"));
    const std::string got = reported("Target VNet Name");
    constexpr std::string_view prefix = "Group ";
    const bool is_known_form = got.starts_with(prefix) && std::ranges::count(got, ' ') == 2;
    if (!asked || !is_known_form) return unchecked("virtualNetworkId");
    compare_names("virtualNetworkId", "network", asked->resource_group + " " + asked->name, got.substr(prefix.size()));
  }

  /// The report has whole seconds, truncated or rounded.
  void compare_point_time() {
    const auto got = parse_us_time(reported("Recovery point time"));
    if (!got) return unchecked("recoveryPoint");
    if (std::chrono::abs(*got - point_.time) < std::chrono::seconds(1)) return;
    differs("the recovery point of", to_rfc3339(std::chrono::floor<std::chrono::seconds>(point_.time)),
            to_rfc3339(*got));
  }

  /// How many disks are restored: the listed ones and the OS disk (azure-backup-api.md 3.4); without a list, all disks
  /// of the backup.
  [[nodiscard]] std::optional<std::size_t> disks_asked() const {
    const json& luns = member(spec_.restore, "restoreDiskLunList");
    if (luns.is_array()) return luns.size() + 1;
    if (!luns.is_null() || !point_.disks_included) return std::nullopt;
    return static_cast<std::size_t>(*point_.disks_included);
  }

  void compare_disks() {
    const auto asked = disks_asked();
    const std::string list = reported("Restored disk(s)");
    std::size_t got = 0;
    for (std::string_view rest = list; !rest.empty();) {  // "os-disk; data-disk"
      const auto end = rest.find_first_of(";,");
      if (!trimmed(rest.substr(0, end)).empty()) ++got;
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (!asked || got == 0) {
      return unchecked(has_value(spec_.restore, "restoreDiskLunList") ? "restoreDiskLunList" : "restored disks");
    }
    if (*asked == got) return;
    const auto disks = [](std::size_t count) { return std::to_string(count) + (count == 1 ? " disk" : " disks"); };
    result_.findings.push_back("requested " + disks(*asked) + ", but Azure reports " + disks(got) + ": " +
                               printable(list));
  }

  /// Lists the other properties that the request sets and the report does not contain.
  void name_unreported() {
    static constexpr std::string_view reported[] = {
        "recoveryType",           "storageAccountId", "identityBasedRestoreDetails", "targetResourceGroupId",
        "targetVirtualMachineId", "virtualNetworkId", "restoreDiskLunList"};
    // These have no visible result, or are checked in another way: the backup job belongs to the VM, and the Resource
    // Guard accepted the request.
    static constexpr std::string_view form[] = {"objectType", "sourceResourceId", "resourceGuardOperationRequests"};
    for (const auto& [name, value] : spec_.restore.items()) {
      const bool is_compared = std::ranges::find(reported, name) != std::end(reported);
      const bool is_form = std::ranges::find(form, name) != std::end(form);
      const bool is_said_again = name == "region" && spec_.cross_region;
      if (!is_compared && !is_form && !is_said_again && !says_nothing(value)) unchecked(name);
    }
    if (spec_.rehydration && effective_tier(point_) == "VaultArchive") unchecked("rehydration");
    if (spec_.cross_region) unchecked("crossRegion");
  }

  /// null, false, "" and {"encryptionEnabled": false} request nothing.
  [[nodiscard]] static bool says_nothing(const json& value) {
    if (value.is_object()) return std::ranges::all_of(value, says_nothing);
    return value.is_null() || value == false || value == "" || (value.is_array() && value.empty());
  }

  const JobSpec& spec_;
  const RecoveryPoint& point_;
  std::map<std::string, std::string> report_;
  std::string location_type_;
  OutcomeComparison result_;
};

}  // namespace

OutcomeComparison compare_outcome(const JobSpec& spec, const RecoveryPoint& point, const json& outcome) {
  return Comparer(spec, point, outcome).compare();
}

}  // namespace azrestored
