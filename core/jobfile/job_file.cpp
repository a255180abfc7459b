// The grammar of a job file. JSON in UTF-8, no comments; unknown members are refused everywhere. Blanks around a string
// and the percent-encoding of ids and names are taken off first (pasted_ids.hpp).
//
//   file           = { ["$schema"], ["name"], ["priority"], "vault", vm, ["recoveryPoint"], "restore",
//                      ["replaceDisksOf"], choices }
//   $schema        = a string, for editors: the JSON Schema of the file; azrestored ignores it
//   name           = 1 to 64 of A-Z a-z 0-9 . _ - and space, beginning and ending with a letter or digit; not a job id
//   priority       = whole number from -100 to 100, 0 by default
//   vault          = ARM id | {"subscriptionId", "resourceGroup", "name"}
//   vm             = "virtualMachine": ARM id | {"resourceGroup", "name"} | name
//                  | "protectedItem": {"container", "item"} [with "virtualMachine": ARM id]
//   recoveryPoint  = "latest" (default) | id in digits
//                  | {["before"], ["after"], ["consistency"], ["tier"], ["notOlderThan"]}, at least one member
//   restore        = properties of IaasVMRestoreRequest (restore_properties.cpp)
//   replaceDisksOf = the VM's name: required for OriginalLocation, refused otherwise
//   choices        = ["crossRegion"], ["rehydration"], ["validate"], ["auth"], ["guardAuth"] (read_options.cpp)
#include "core/jobfile/job_file.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/case_folding.hpp"
#include "core/base/text.hpp"
#include "core/job/job_id.hpp"
#include "core/jobfile/member_names.hpp"
#include "core/jobfile/pasted_ids.hpp"
#include "core/jobfile/readers.hpp"
#include "core/jobfile/restore_properties.hpp"
#include "core/json/fault.hpp"
#include "core/json/value_hints.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

constexpr std::array all_types = {RecoveryType::RestoreDisks, RecoveryType::OriginalLocation,
                                  RecoveryType::AlternateLocation};

/// Names are typed on command lines and printed in tables, and must not look like a job's id.
bool is_job_name(std::string_view text) {
  constexpr std::size_t longest = 64;
  const auto is_fit = [](char c) {
    return is_letter_or_digit(c) || std::string_view("._- ").find(c) != std::string_view::npos;
  };
  if (text.empty() || text.size() > longest || !std::ranges::all_of(text, is_fit)) return false;
  return is_letter_or_digit(text.front()) && is_letter_or_digit(text.back()) && !is_job_id(to_lower(text));
}

std::string read_name(ObjectReader& file) {
  constexpr std::string_view expected =
      "1 to 64 letters, digits, dots, dashes, underscores and spaces, beginning and ending with a letter or digit, and "
      "not in the form of a job id";
  auto name = file.text("name", expected);
  if (!name) return "";
  if (!is_job_name(*name)) file.unexpected("name", expected);
  return *std::move(name);
}

int read_priority(ObjectReader& file) {
  const json* value = file.find("priority");
  if (value == nullptr) return 0;
  // nlohmann_json stores a number that is not negative as unsigned; it may be too large for a signed type.
  const bool is_fit = value->is_number_unsigned()
                          ? value->get<std::uint64_t>() <= static_cast<std::uint64_t>(max_priority)
                          : value->is_number_integer() && value->get<std::int64_t>() >= min_priority;
  if (is_fit) return value->get<int>();
  file.unexpected("priority",
                  "a whole number from -100 to 100 (jobs with a higher number start first)" + unquoted_hint(*value));
  return 0;
}

/// The content is for editors, so only its type is checked.
void check_schema(ObjectReader& file) {
  (void)file.text("$schema", "the URL or path of the JSON Schema of this file, for editors");
}

std::optional<RecoveryType> type_of(const json& restore) {
  const auto value = restore.find("recoveryType");
  if (value == restore.end() || !value->is_string()) return std::nullopt;
  const auto type = std::ranges::find(all_types, value->get_ref<const std::string&>(),
                                      [](RecoveryType each) { return std::string(to_text(each)); });
  return type == all_types.end() ? std::nullopt : std::optional(*type);
}

/// The properties of the request: those of "restore" with "extraProperties" merged in. A region of null is no region.
json merged(const json& restore) {
  json properties = restore;
  const json extra = properties.value("extraProperties", json::object());
  properties.erase("extraProperties");
  properties.update(extra);
  if (properties.contains("region") && properties["region"].is_null()) properties.erase("region");
  return properties;
}

/// OriginalLocation overwrites the disks of a VM, so the file must name that VM a second time.
void check_replaced_vm(ObjectReader& file, std::optional<RecoveryType> type, const std::optional<VmSelector>& vm) {
  constexpr std::string_view member = "replaceDisksOf";
  const bool is_given = file.find(member) != nullptr;
  if (type && *type != RecoveryType::OriginalLocation) {
    if (is_given)
      file.fault(member, std::string(to_text(*type)) + " does not replace disks; remove \"replaceDisksOf\"");
    return;
  }
  const std::string expected = vm ? "the name of the VM whose disks are overwritten, " + in_quotes(vm_name_of(*vm))
                                  : "the name of the VM whose disks are overwritten";
  if (!is_given) {
    if (type) file.fault(member, "\"replaceDisksOf\" is missing; OriginalLocation needs " + expected);
    return;
  }
  const auto name = file.text(member, expected);
  if (name && vm && !same_name(*name, vm_name_of(*vm))) file.unexpected(member, expected);
}

std::optional<JobSpec> read_file(ObjectReader& file, const JsonDocument& document, std::vector<Fault>& faults) {
  constexpr std::string_view restore_form = "an object with \"recoveryType\" and the other properties of the restore";
  refuse_unknown(file, "member", job_members(""), job_member_places());
  check_schema(file);
  JobSpec spec;
  spec.name = read_name(file);
  spec.priority = read_priority(file);
  const auto vault = read_vault(file);
  const auto vm = read_vm(file, vault);
  spec.point = read_point_rule(file);
  std::optional<RecoveryType> type;
  if (const auto restore = file.object("restore", restore_form)) {
    type = type_of(restore->value());
    check_restore_properties(document, restore->value(), restore->pointer(), type, faults);
  } else if (file.find("restore") == nullptr) {
    file.fault("restore", "\"restore\" is missing; expected " + std::string(restore_form));
  }
  check_replaced_vm(file, type, vm);
  read_choices(file, type, spec);
  if (!faults.empty()) return std::nullopt;
  spec.vault = vault.value();
  spec.vm = vm.value();
  spec.type = type.value();
  spec.restore = merged(*file.find("restore"));
  if (spec.cross_region) spec.restore["region"] = *spec.cross_region;
  const auto region = spec.restore.find("region");
  if (region != spec.restore.end() && region->is_string()) spec.region = region->get<std::string>();
  return spec;
}

}  // namespace

std::optional<JobSpec> read_job_spec(std::string_view text, std::vector<Fault>& faults) {
  if (text.size() > max_job_file_bytes) {
    faults.push_back({"", 0, 0,
                      "the file is larger than " + std::to_string(max_job_file_bytes) +
                          " bytes (1 MiB); a job needs a few thousand: remove everything that is not part of it"});
    return std::nullopt;
  }
  std::vector<Fault> found;
  std::optional<JobSpec> spec;
  if (auto document = JsonDocument::parse(text, {}, found)) {
    tidy_pasted_ids(*document);
    ObjectReader file(*document, document->value(), "", found);
    if (document->value().is_object()) {
      spec = read_file(file, *document, found);
    } else {
      file.unexpected_at("", document->value(), "a job: an object with \"vault\", \"virtualMachine\" and \"restore\"");
    }
  }
  // In the order of the file.
  std::ranges::stable_sort(found, {}, [](const Fault& fault) { return std::pair(fault.line, fault.column); });
  for (Fault& fault : found) add_fault(faults, std::move(fault));
  return spec;
}

}  // namespace azrestored
