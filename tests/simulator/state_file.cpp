// See state_file.hpp. One Reader walks one JSON object: it hands out typed members and afterwards refuses the members
// nobody asked for, so the list of known names cannot drift away from the code that reads them.
#include "state_file.hpp"

#include <array>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "json.hpp"
#include "text.hpp"

namespace azsim {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& sentence) {
  throw StateError((path.empty() ? "the state file" : path) + ": " + sentence);
}

class Reader {
 public:
  Reader(const Json& object, std::string path) : object_(object), path_(std::move(path)) {
    if (!object_.is_object()) fail(path_, "must be a JSON object");
  }

  [[nodiscard]] std::string where(const char* name) const { return path_.empty() ? name : path_ + "." + name; }

  const Json* find(const char* name) {
    asked_.insert(name);
    const auto it = object_.find(name);
    return it == object_.end() ? nullptr : &*it;
  }

  std::string required_text(const char* name) {
    std::string text;
    optional_text(name, text);
    if (text.empty()) fail(where(name), "is required and must be a text that is not empty");
    return text;
  }

  void optional_text(const char* name, std::string& into) {
    if (const Json* value = find(name)) {
      if (!value->is_string()) fail(where(name), "must be a text");
      into = value->get<std::string>();
    }
  }

  void optional_flag(const char* name, bool& into) {
    if (const Json* value = find(name)) {
      if (!value->is_boolean()) fail(where(name), "must be true or false");
      into = value->get<bool>();
    }
  }

  void optional_number(const char* name, double& into, double highest) {
    if (const Json* value = find(name)) {
      if (!value->is_number() || value->get<double>() < 0 || value->get<double>() > highest)
        fail(where(name), "must be a number from 0 to " + std::to_string(static_cast<long long>(highest)));
      into = value->get<double>();
    }
  }

  void optional_integer(const char* name, int& into) {
    if (const Json* value = find(name)) {
      if (!value->is_number_integer()) fail(where(name), "must be a whole number");
      into = value->get<int>();
    }
  }

  void optional_texts(const char* name, std::vector<std::string>& into) {
    each(
        name,
        [&](const Json& value, const std::string& path) {
          if (!value.is_string()) fail(path, "must be a text");
          into.push_back(value.get<std::string>());
        },
        [&] { into.clear(); });
  }

  void optional_luns(const char* name, std::vector<int>& into) {
    each(name, [&](const Json& value, const std::string& path) {
      if (!value.is_number_integer() || value.get<int>() < 0) fail(path, "must be a LUN, a whole number from 0");
      into.push_back(value.get<int>());
    });
  }

  template <class Value, std::size_t N>
  void optional_choice(const char* name, Value& into, const std::array<std::pair<const char*, Value>, N>& table) {
    const Json* value = find(name);
    if (value == nullptr) return;
    std::string choices;
    for (const auto& [word, meaning] : table) {
      if (value->is_string() && value->get<std::string>() == word) {
        into = meaning;
        return;
      }
      choices += (choices.empty() ? "" : ", ") + std::string(word);
    }
    fail(where(name), "must be one of " + choices);
  }

  template <class Visit, class Before>
  void each(const char* name, Visit visit, Before before) {
    const Json* list = find(name);
    if (list == nullptr) return;
    if (!list->is_array()) fail(where(name), "must be a JSON array");
    before();
    std::size_t index = 0;
    for (const Json& value : *list) visit(value, where(name) + "[" + std::to_string(index++) + "]");
  }
  template <class Visit>
  void each(const char* name, Visit visit) {
    each(name, visit, [] {});
  }

  /// Call last: a member that nothing asked for is most likely a typing error.
  void finish() const {
    for (const auto& [name, value] : object_.items()) {
      if (!asked_.contains(name)) fail(path_.empty() ? name : path_ + "." + name, "is not a known member");
    }
  }

 private:
  const Json& object_;
  std::string path_;
  std::set<std::string> asked_;
};

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
  in.finish();
  return script;
}

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
  std::set<std::string> names;
  in.each("points", [&](const Json& value, const std::string& where) {
    item.points.push_back(read_point(value, where));
    if (!names.insert(item.points.back().name).second) fail(where, "has the name of another point of this item");
  });
  if (const Json* script = in.find("restore")) item.restore = read_script(*script, in.where("restore"));
  in.finish();
  return item;
}

VaultSpec read_vault(const Json& json, const std::string& path) {
  Reader in(json, path);
  VaultSpec vault;
  vault.id = in.required_text("id");
  if (!starts_with_name(vault.id, "/subscriptions/") || segment_after(vault.id, "resourceGroups").empty() ||
      segment_after(vault.id, "vaults").empty() || split(vault.id, '/').size() != 8)
    fail(in.where("id"), "must be the ARM id of a Recovery Services vault");
  vault.location = in.required_text("location");
  std::set<std::string> names;
  in.each("items", [&](const Json& value, const std::string& where) {
    vault.items.push_back(read_item(value, where));
    if (!names.insert(lower(vault.items.back().item)).second) fail(where, "has the item name of another item");
  });
  in.finish();
  return vault;
}

ClientSpec read_client(const Json& json, const std::string& path) {
  Reader in(json, path);
  ClientSpec client{in.required_text("tenantId"), in.required_text("clientId"), in.required_text("secret")};
  in.finish();
  return client;
}

}  // namespace

State parse_state(const std::string& text) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    fail("", std::string("is not JSON: ") + error.what());
  }
  Reader in(json, "");
  State state;
  if (in.find("vaults") == nullptr) fail("vaults", "is required");
  std::set<std::string> ids;
  in.each("vaults", [&](const Json& value, const std::string& where) {
    state.vaults.push_back(read_vault(value, where));
    if (!ids.insert(lower(state.vaults.back().id)).second) fail(where, "has the id of another vault");
  });
  in.each("clients",
          [&](const Json& value, const std::string& where) { state.clients.push_back(read_client(value, where)); });
  in.optional_texts("accessTokens", state.access_tokens);
  if (const Json* imds = in.find("imds")) {
    Reader imds_in(*imds, "imds");
    imds_in.optional_flag("enabled", state.imds_enabled);
    imds_in.finish();
  }
  in.finish();
  return state;
}

State read_state_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw StateError(path + ": cannot be opened");
  std::ostringstream text;
  text << file.rdbuf();
  try {
    return parse_state(text.str());
  } catch (const StateError& error) {
    throw StateError(path + ": " + error.what());
  }
}

}  // namespace azsim
