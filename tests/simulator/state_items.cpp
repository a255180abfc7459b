// See state_file.hpp and state_reader.hpp: items, their recovery points, and the scripts of their restores.
#include "state_reader.hpp"
#include "text.hpp"

namespace azsim {
namespace {

constexpr std::array<std::pair<const char*, int>, 4> tier_types{
    {{"Invalid", 0}, {"InstantRP", 1}, {"HardenedRP", 2}, {"ArchivedRP", 3}}};
constexpr std::array<std::pair<const char*, int>, 5> tier_statuses{
    {{"Invalid", 0}, {"Valid", 1}, {"Disabled", 2}, {"Deleted", 3}, {"Rehydrated", 4}}};
constexpr std::array<std::pair<const char*, JobOutcome>, 3> job_outcomes{
    {{"Completed", JobOutcome::completed},
     {"CompletedWithWarnings", JobOutcome::completed_with_warnings},
     {"Failed", JobOutcome::failed}}};
constexpr std::array<std::pair<const char*, OperationOutcome>, 4> operation_outcomes{
    {{"Succeeded", OperationOutcome::succeeded},
     {"Failed", OperationOutcome::failed},
     {"Vanishes", OperationOutcome::vanishes},
     {"SucceededWithoutJob", OperationOutcome::succeeded_without_job}}};
constexpr std::array<std::pair<const char*, CancelScript>, 3> cancel_scripts{
    {{"accept", CancelScript::accept},
     {"refuse", CancelScript::refuse},
     {"accept-then-refuse", CancelScript::accept_then_refuse}}};

constexpr std::array<std::pair<const char*, ValidationOutcome>, 3> validation_outcomes{
    {{"succeeded", ValidationOutcome::succeeded},
     {"failed", ValidationOutcome::failed},
     {"no-verdict", ValidationOutcome::no_verdict}}};

PointSpec read_point(const Json& json, const std::string& path) {
  Reader in(json, path);
  PointSpec point;
  point.name = in.required_text("name");
  const auto time = parse_iso(in.required_text("time"));
  if (!time) fail(in.where("time"), "must look like 2026-11-19T22:00:00.1234567Z");
  point.time = *time;
  in.optional_text("type", point.type);
  in.each("tiers", [&](const Json& value, const std::string& where) {
    Reader tier(value, where);
    TierSpec spec;
    tier.optional_choice("type", spec.type, tier_types);
    tier.optional_choice("status", spec.status, tier_statuses);
    tier.finish();
    point.tiers.push_back(spec);
  });
  if (in.find("tiers") == nullptr) point.tiers = {TierSpec{1, 1}, TierSpec{2, 1}};
  in.optional_flag("managed", point.managed);
  in.optional_luns("disks", point.disks);
  in.optional_luns("excludedDisks", point.excluded_disks);
  in.optional_flag("encrypted", point.encrypted);
  in.optional_flag("privateAccess", point.private_access);
  in.optional_flag("originalStorageAccountOption", point.original_storage_account_option);
  in.optional_text("osType", point.os_type);
  in.optional_text("vmSize", point.vm_size);
  in.optional_texts("zones", point.zones);
  in.optional_text("securityType", point.security_type);
  in.optional_text("extendedLocation", point.extended_location);
  in.optional_flag("softDeleted", point.soft_deleted);
  if (in.find("expires") != nullptr) {
    point.expires = parse_iso(in.required_text("expires"));
    if (!point.expires) fail(in.where("expires"), "must look like 2026-11-19T22:00:00.1234567Z");
  }
  in.finish();
  return point;
}

ErrorSpec read_error(const Json& json, const std::string& path) {
  Reader in(json, path);
  ErrorSpec error;
  in.optional_integer("errorCode", error.code);
  in.optional_text("errorTitle", error.title);
  in.optional_text("errorString", error.text);
  in.optional_texts("recommendations", error.recommendations);
  in.finish();
  return error;
}

/// Snapshots are not copied to the secondary region.
PointSpec read_secondary_point(const Json& json, const std::string& path) {
  PointSpec point = read_point(json, path);
  if (!json.contains("tiers")) point.tiers = {TierSpec{2, 1}};
  for (const TierSpec& tier : point.tiers) {
    if (tier.type == 1) fail(path + ".tiers", "cannot be InstantRP in the secondary region");
  }
  return point;
}

Finding read_finding(const Json& json, const std::string& path) {
  Reader in(json, path);
  Finding finding;
  finding.code = in.required_text("code");
  in.optional_text("message", finding.message);
  in.optional_texts("recommendations", finding.recommendations);
  in.finish();
  return finding;
}

/// The part of a script for the pre-flight check.
void read_validation(Reader& in, double longest_s, RestoreScript& script) {
  if (in.find("validation") != nullptr) script.validation.emplace();
  in.each("validation", [&](const Json& value, const std::string& where) {
    script.validation->push_back(read_finding(value, where));
  });
  in.optional_number("validationTakesSeconds", script.validation_seconds, longest_s);
  in.optional_choice("validationOutcome", script.validation_outcome, validation_outcomes);
}

RestoreScript read_script(const Json& json, const std::string& path) {
  constexpr double longest_s = 30.0 * 24 * 3600;
  Reader in(json, path);
  RestoreScript script;
  in.optional_number("operationSeconds", script.operation_seconds, longest_s);
  in.optional_number("jobSeconds", script.job_seconds, longest_s);
  in.optional_number("cancelSeconds", script.cancel_seconds, longest_s);
  in.optional_choice("result", script.result, job_outcomes);
  in.optional_choice("operationResult", script.operation_result, operation_outcomes);
  if (const Json* error = in.find("error")) script.error = read_error(*error, in.where("error"));
  in.optional_flag("jobIdEqualsOperationId", script.job_id_equals_operation_id);
  in.optional_choice("cancel", script.cancel, cancel_scripts);
  in.optional_number("cancellableFraction", script.cancellable_fraction, 1);
  in.optional_flag("alwaysCancellable", script.always_cancellable);
  in.optional_number("rehydrationSeconds", script.rehydration_seconds, longest_s);
  if (const Json* bag = in.find("propertyBag")) {
    if (!bag->is_object()) fail(in.where("propertyBag"), "must be a JSON object");
    for (const auto& [key, value] : bag->items()) {
      if (!value.is_string() && !value.is_null()) fail(in.where("propertyBag") + "." + key, "must be a string or null");
      script.property_bag.emplace_back(key, value.is_null() ? std::nullopt : std::optional(value.get<std::string>()));
    }
  }
  if (const Json* tasks = in.find("endTasks")) {
    if (!tasks->is_object()) fail(in.where("endTasks"), "must be a JSON object");
    for (const auto& [name, status] : tasks->items()) {
      if (!status.is_string()) fail(in.where("endTasks") + "." + name, "must be a string");
      script.end_tasks.emplace_back(name, status.get<std::string>());
    }
  }
  read_validation(in, longest_s, script);
  in.optional_number("accessTokenSeconds", script.access_token_seconds, longest_s);
  in.optional_flag("oddAccessToken", script.odd_access_token);
  in.finish();
  return script;
}

}  // namespace

ItemSpec read_item(const Json& json, const std::string& path) {
  Reader in(json, path);
  ItemSpec item;
  item.vm = in.required_text("vm");
  const std::string group = segment_after(item.vm, "resourceGroups");
  const std::string name = segment_after(item.vm, "virtualMachines");
  if (group.empty() || name.empty() || !starts_with_name(item.vm, "/subscriptions/"))
    fail(in.where("vm"), "must be the ARM id of a virtual machine");
  item.container = "IaasVMContainer;iaasvmcontainerv2;" + lower(group) + ";" + name;
  item.item = "VM;iaasvmcontainerv2;" + lower(group) + ";" + name;
  in.optional_text("container", item.container);
  in.optional_text("item", item.item);
  in.optional_flag("softDeleted", item.soft_deleted);
  std::set<std::string> names;
  in.each("points", [&](const Json& value, const std::string& where) {
    item.points.push_back(read_point(value, where));
    if (!names.insert(item.points.back().name).second) fail(where, "has the name of another point of this item");
  });
  in.each("secondaryPoints", [&](const Json& value, const std::string& where) {
    item.secondary_points.push_back(read_secondary_point(value, where));
    // A point name of the primary region must never be valid in the secondary one.
    if (!names.insert(item.secondary_points.back().name).second)
      fail(where, "has the name of another point of this item");
  });
  if (const Json* script = in.find("restore")) item.restore = read_script(*script, in.where("restore"));
  in.finish();
  return item;
}

}  // namespace azsim
