// The options of a restore: secondary region, rehydration, validation and sign-in. Refuses what Azure would refuse, as
// far as the job file shows it (azure-backup-api.md 3.3, 6).
//
//   crossRegion = {"region"}: the secondary region's name in letters and digits
//   rehydration = {"priority": "Standard" | "High", ["retention"]: "P{days}D", 1 to 30 days, "P15D" by default}
//   validate    = "service" (default) | "local" (default with crossRegion) | "none"
//   auth, guardAuth = a profile's name (core/base/profile_name.hpp)
#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/profile_name.hpp"
#include "core/base/text.hpp"
#include "core/jobfile/member_names.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/readers.hpp"
#include "core/json/fault.hpp"
#include "core/json/unknown_members.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

constexpr std::array all_validations = {Validation::none, Validation::local, Validation::service};
constexpr std::string_view rehydration_info = "recoveryPointRehydrationInfo";

/// The value of a property of "restore" or of its "extraProperties"; null if there is none.
json property_of(const ObjectReader& file, std::string_view name) {
  const json* restore = file.find("restore");
  if (restore == nullptr || !restore->is_object()) return nullptr;
  if (const auto found = restore->find(name); found != restore->end()) return *found;
  const auto extra = restore->find("extraProperties");
  if (extra == restore->end() || !extra->is_object()) return nullptr;
  const auto found = extra->find(name);
  return found == extra->end() ? json() : *found;
}

void fault_in_restore(ObjectReader& file, std::string_view property, std::string sentence) {
  file.fault_at(child_pointer(file.pointer_of("restore"), property), std::move(sentence));
}

/// 1 to 30 days, as Microsoft's client accepts. Its documentation says 10 to 30.
bool is_retention(std::string_view text) {
  constexpr int most_days = 30;
  if (!text.starts_with('P') || !text.ends_with('D') || text.size() < 3) return false;
  text = text.substr(1, text.size() - 2);
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  const bool is_whole = error == std::errc() && end == text.data() + text.size() && is_letter_or_digit(text.front());
  return is_whole && days >= 1 && days <= most_days;
}

/// For "15d" and "15", the form of other durations.
std::string retention_hint(std::string_view text) {
  const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
  const std::string meant = "P" + std::string(digits) + "D";
  const bool is_days = text == digits || iequals(text.substr(digits.size()), "d");
  return is_days && is_retention(meant) ? "; write " + in_quotes(meant) : "";
}

std::optional<Rehydration> read_rehydration(ObjectReader& file) {
  static constexpr std::string_view priorities[] = {"Standard", "High"};
  constexpr std::string_view retention_form = "whole days from \"P1D\" to \"P30D\", such as \"P15D\"";
  auto object = file.object("rehydration",
                            "an object with \"priority\" and optionally \"retention\", which is \"P15D\" by default");
  if (!object) return std::nullopt;
  refuse_unknown(*object, "member", job_members("rehydration"));
  if (!property_of(file, rehydration_info).is_null()) {
    fault_in_restore(file, rehydration_info,
                     "\"recoveryPointRehydrationInfo\" and \"rehydration\" mean the same; remove one of the two");
  }
  Rehydration rehydration{"", "P15D"};
  if (const json* priority = object->find("priority"); priority == nullptr) {
    object->fault("priority", "\"priority\" is missing; expected " + quoted_alternatives(priorities));
  } else if (priority->is_string() &&
             std::ranges::find(priorities, priority->get_ref<const std::string&>()) != std::end(priorities)) {
    rehydration.priority = *priority;
  } else {
    object->unknown_word_at(object->pointer_of("priority"), *priority, priorities);
  }
  if (const auto retention = object->text("retention", retention_form)) {
    if (!is_retention(*retention)) {
      object->unexpected("retention", std::string(retention_form) + retention_hint(*retention));
    }
    rehydration.retention = *retention;
  }
  return rehydration;
}

std::optional<std::string> read_secondary_region(ObjectReader& file) {
  constexpr std::string_view expected = "the secondary region's name in letters and digits, such as \"westus\"";
  auto object = file.object("crossRegion", "an object with \"region\"");
  if (!object) return std::nullopt;
  refuse_unknown(*object, "member", job_members("crossRegion"));
  if (object->find("region") == nullptr) {
    object->fault("region", "\"region\" is missing; expected " + std::string(expected));
    return std::nullopt;
  }
  auto region = object->text("region", expected);
  if (!region) return std::nullopt;
  if (!region->empty() && std::ranges::all_of(*region, is_letter_or_digit)) return region;
  object->unexpected("region", expected);
  return std::nullopt;
}

/// Azure copies only points of the vault's standard tier to the secondary region.
void check_secondary_tier(ObjectReader& file, const PointRule& rule) {
  const auto* filter = std::get_if<PointFilter>(&rule);
  if (filter == nullptr || filter->tier.empty()) return;
  if (std::ranges::find(filter->tier, "HardenedRP") != filter->tier.end()) return;
  file.fault_at(
      child_pointer(file.pointer_of("recoveryPoint"), "tier"),
      "found " + join_and(filter->tier) +
          "; a secondary region has only points of the vault's standard tier: add \"HardenedRP\", or remove \"tier\"");
}

/// The limits of a cross-region restore (azure-backup-api.md 3.3, 6).
void check_cross_region(ObjectReader& file, std::optional<RecoveryType> type, const PointRule& rule,
                        const std::optional<std::string>& secondary) {
  if (type == RecoveryType::OriginalLocation) {
    fault_in_restore(file, "recoveryType",
                     "found OriginalLocation; a cross-region restore cannot replace the disks of a VM: expected "
                     "\"RestoreDisks\" or \"AlternateLocation\", or no \"crossRegion\"");
  }
  if (type == RecoveryType::RestoreDisks && property_of(file, "targetResourceGroupId").is_null()) {
    fault_in_restore(file, "targetResourceGroupId",
                     "\"targetResourceGroupId\" is missing; a cross-region restore needs the "
                     "resource group that receives the disks");
  }
  if (file.find("rehydration") != nullptr) {
    file.fault("rehydration",
               "Azure does not copy archived points to another region; remove \"rehydration\" or \"crossRegion\"");
  }
  if (!property_of(file, rehydration_info).is_null()) {
    fault_in_restore(
        file, rehydration_info,
        "Azure does not copy archived points to another region; remove \"recoveryPointRehydrationInfo\" or "
        "\"crossRegion\"");
  }
  if (!property_of(file, "extendedLocation").is_null()) {
    fault_in_restore(
        file, "extendedLocation",
        "an edge zone does not support cross-region restores; remove \"extendedLocation\" or \"crossRegion\"");
  }
  const json region = property_of(file, "region");
  if (secondary && region.is_string() && !is_same_region(region.get_ref<const std::string&>(), *secondary)) {
    fault_in_restore(file, "region",
                     "found " + describe(region) + "; expected " + in_quotes(*secondary) +
                         " as in \"crossRegion\", or no \"region\" here");
  }
  const json access = property_of(file, "targetDiskNetworkAccessSettings");
  if (access.is_object() && access.value("targetDiskNetworkAccessOption", json()) == "SameAsOnSourceDisks") {
    fault_in_restore(file, "targetDiskNetworkAccessSettings",
                     "SameAsOnSourceDisks does not work across regions; expected EnablePrivateAccessForAllDisks with a "
                     "\"targetDiskAccessId\" of the secondary region, or EnablePublicAccessForAllDisks");
  }
  check_secondary_tier(file, rule);
}

Validation read_validation(ObjectReader& file) {
  const bool is_cross_region = file.find("crossRegion") != nullptr;
  const json* value = file.find("validate");
  if (value == nullptr) return is_cross_region ? Validation::local : Validation::service;
  const auto found = std::ranges::find(all_validations, *value, [](Validation each) { return json(to_text(each)); });
  if (found == all_validations.end()) {
    static constexpr std::string_view words[] = {"service", "local", "none"};
    file.unknown_word_at(file.pointer_of("validate"), *value, words);
    return Validation::none;
  }
  if (*found == Validation::service && is_cross_region) {
    file.fault("validate",
               "Azure cannot validate a cross-region restore; expected \"local\" or \"none\", or no \"validate\"");
  }
  return *found;
}

std::string read_profile(ObjectReader& file, std::string_view member) {
  const std::string expected = "the name of a sign-in profile in the settings: " + std::string(profile_name_form);
  auto name = file.text(member, expected);
  if (!name) return "";
  if (!is_profile_name(*name)) file.unexpected(member, expected);
  return *std::move(name);
}

}  // namespace

void read_choices(ObjectReader& file, std::optional<RecoveryType> type, JobSpec& spec) {
  if (file.find("crossRegion") != nullptr) {
    spec.cross_region = read_secondary_region(file);
    check_cross_region(file, type, spec.point, spec.cross_region);
  }
  spec.rehydration = read_rehydration(file);
  spec.validation = read_validation(file);
  spec.auth = read_profile(file, "auth");
  spec.guard_auth = read_profile(file, "guardAuth");
}

}  // namespace azrestored
