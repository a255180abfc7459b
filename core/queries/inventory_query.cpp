// Reads the parameters of a request about a vault. They are those of a job file, read by the same grammar
// (core/jobfile/readers.hpp), so that a filter has the same meaning in both.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/jobfile/pasted_ids.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/readers.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"
#include "core/queries/inventory.hpp"

namespace azrestored {
namespace {

using nlohmann::json;
using Members = std::map<std::string, std::string>;

constexpr std::string_view vault_members[] = {"vault", "auth", "region"};
constexpr std::string_view point_members[] = {"vault", "auth",        "region", "vm",          "before",
                                              "after", "consistency", "tier",   "notOlderThan"};

constexpr std::string_view vault_form =
    "the vault's ARM id, /subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{name}";
constexpr std::string_view vm_form =
    "the VM's name, {group}/{name}, or its ARM id, "
    "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}";

std::string value_of(const Members& members, const char* name) {
  const auto found = members.find(name);
  return found == members.end() ? "" : found->second;
}

json words_of(std::string_view text) {
  json words = json::array();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// "group/name" as the object of a job file; a name or an ARM id as text.
json vm_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  const bool is_pair = slash != std::string::npos && slash > 0 && text.find('/', slash + 1) == std::string::npos;
  if (!is_pair) return text;
  return {{"resourceGroup", text.substr(0, slash)}, {"name", text.substr(slash + 1)}};
}

json rule_of(const Members& members) {
  json rule = json::object();
  for (const char* name : {"before", "after", "notOlderThan"}) {
    if (members.contains(name)) rule[name] = members.at(name);
  }
  for (const char* name : {"consistency", "tier"}) {
    if (members.contains(name)) rule[name] = words_of(members.at(name));
  }
  return rule;
}

/// The mistake in a filter, without its location in the generated job file.
std::string reported(const Fault& fault) {
  return last_segment(fault.pointer) + ": " + fault.sentence;
}

Error refusal(const std::vector<std::string>& sentences) {
  std::string all;
  for (const std::string& sentence : sentences) all += (all.empty() ? "" : "; ") + sentence;
  return {ErrorKind::refused, all};
}

/// Reads the parameters by way of a generated job file.
class QuestionReader {
 public:
  explicit QuestionReader(const Members& members) : members_(members) {}

  void refuse_unknown(std::span<const std::string_view> known) {
    for (const auto& [name, value] : members_) {
      if (std::ranges::find(known, name) != known.end()) continue;
      const std::vector<std::string> names(known.begin(), known.end());
      complaints_.push_back("there is no parameter \"" + printable(name) + "\"; there are " + join_and(names));
    }
  }

  void read(bool with_vm) {
    json file = {{"vault", value_of(members_, "vault")}};
    if (with_vm) {
      file["virtualMachine"] = vm_of(value_of(members_, "vm"));
      if (json rule = rule_of(members_); !rule.empty()) file["recoveryPoint"] = std::move(rule);
    }
    std::vector<Fault> unsaid;  // not reported: the job file's messages offer forms that a request does not have
    std::vector<Fault> faults;
    auto document =
        JsonDocument::parse(file.dump(-1, ' ', false, json::error_handler_t::replace), JsonDocument::Options{}, faults);
    if (!document) return;  // cannot happen: the text was just written by dump()
    tidy_pasted_ids(*document);
    ObjectReader names(*document, document->value(), "", unsaid);
    vault_ = read_vault(names);
    if (!vault_) complain("vault", vault_form);
    if (!with_vm) return;
    vm_ = read_vm(names, vault_);
    if (!vm_) complain("vm", vm_form);
    ObjectReader filters(*document, document->value(), "", faults);
    rule_ = read_point_rule(filters);
    for (const Fault& fault : faults) complaints_.push_back(reported(fault));
  }

  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  [[nodiscard]] VaultQuestion where() const {
    return {*vault_, value_of(members_, "auth"), value_of(members_, "region")};
  }
  [[nodiscard]] const VmSelector& vm() const { return *vm_; }
  [[nodiscard]] const PointRule& rule() const { return rule_; }

 private:
  void complain(const char* name, std::string_view expected) {
    const std::string found = value_of(members_, name);
    complaints_.push_back(std::string(name) + ": " + (found.empty() ? "missing" : "found " + in_quotes(found)) +
                          "; expected " + std::string(expected));
  }

  const Members& members_;
  std::vector<std::string> complaints_;
  std::optional<VaultId> vault_;
  std::optional<VmSelector> vm_;
  PointRule rule_;
};

}  // namespace

Result<VaultQuestion> read_vault_question(const Members& members) {
  QuestionReader reader(members);
  reader.refuse_unknown(vault_members);
  reader.read(false);
  if (!reader.complaints().empty()) return refusal(reader.complaints());
  return reader.where();
}

Result<PointsQuestion> read_points_question(const Members& members) {
  QuestionReader reader(members);
  reader.refuse_unknown(point_members);
  reader.read(true);
  if (!reader.complaints().empty()) return refusal(reader.complaints());
  return PointsQuestion{reader.where(), reader.vm(), reader.rule()};
}

}  // namespace azrestored
