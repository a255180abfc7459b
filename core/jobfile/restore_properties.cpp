#include "core/jobfile/restore_properties.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/azure/arm_id_hint.hpp"
#include "core/jobfile/member_names.hpp"
#include "core/jobfile/readers.hpp"
#include "core/jobfile/restore_property_rules.hpp"
#include "core/jobfile/restore_property_table.hpp"
#include "core/json/document.hpp"
#include "core/json/fault.hpp"
#include "core/json/object_reader.hpp"
#include "core/json/unknown_members.hpp"
#include "core/json/value_hints.hpp"

namespace azrestored {
namespace {

using nlohmann::json;
using Kind = PropertyKind;
using Words = std::span<const std::string_view>;

bool is_id_of(const json& value, Words types) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  const auto id = ArmId::parse(text);
  if (!id || !is_plain(text)) return false;
  return types.empty() ? id->type.empty() : !find_ignoring_case(id->type, types).empty();
}

bool is_text(const json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().empty();
}

bool is_list_of_texts(const json& value) {
  return value.is_array() && std::ranges::all_of(value, is_text);
}

void check_luns(ObjectReader& object, const Property& property, const json& value) {
  if (!value.is_array()) return object.unexpected(property.name, expected_of(property));
  std::set<std::uint64_t> seen;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool is_lun = value[i].is_number_unsigned();
    if (!is_lun) {
      object.unexpected_at(object.pointer_of(property.name, i), value[i],
                           "a LUN: a whole number from 0" + unquoted_hint(value[i]));
    } else if (!seen.insert(value[i].get<std::uint64_t>()).second) {
      object.fault_at(object.pointer_of(property.name, i),
                      "LUN " + value[i].dump() + " is given twice; remove one of the two");
    }
  }
}

std::vector<std::string_view> names_of(std::span<const Property> table) {
  std::vector<std::string_view> names;
  for (const Property& property : table) names.push_back(property.name);
  return names;
}

/// The end of the sentence about a wrong value.
std::string hint_of(const Property& property, const json& value) {
  if (property.kind == Kind::flag) return unquoted_hint(value);
  const bool is_id = property.kind == Kind::id && value.is_string();
  return is_id ? id_hint(value.get_ref<const std::string&>(), property.words) : "";
}

void check_property(ObjectReader& object, const Property& property) {
  const json* value = object.find(property.name);
  if (value == nullptr || (value->is_null() && property.null == Null::allowed)) return;
  bool is_good = true;
  switch (property.kind) {
    case Kind::text:
      is_good = is_text(*value);
      break;
    case Kind::any_text:
      is_good = value->is_string();
      break;
    case Kind::flag:
      is_good = value->is_boolean();
      break;
    case Kind::word:
      is_good = value->is_string() &&
                std::ranges::find(property.words, value->get_ref<const std::string&>()) != property.words.end();
      if (!is_good) return object.unknown_word_at(object.pointer_of(property.name), *value, property.words);
      break;
    case Kind::id:
      is_good = is_id_of(*value, property.words);
      break;
    case Kind::luns:
      return check_luns(object, property, *value);
    case Kind::zone:
      is_good = is_list_of_texts(*value) && value->size() == 1;
      break;
    case Kind::texts:
      is_good = is_list_of_texts(*value);
      break;
    case Kind::members:
      if (auto inside = object.object(property.name, expected_of(property))) {
        const auto members = members_of(property.name);
        refuse_unknown(*inside, "member", names_of(members));
        for (const Property& member : members) check_property(*inside, member);
      }
      return;
    case Kind::object:
      is_good = value->is_object();
      break;
    case Kind::elsewhere:
      return object.fault(
          property.name,
          "\"recoveryPointId\" is not allowed in \"restore\"; use \"recoveryPoint\" at the top level of the file");
  }
  if (!is_good) object.unexpected(property.name, expected_of(property) + hint_of(property, *value));
}

/// "extraProperties" may contain any property except those that are also given in "restore", and those that select the
/// VM and the point. Names are compared without regard to letter case, because Azure may read them in this way.
void check_extra(ObjectReader& restore) {
  static constexpr std::string_view deciding[] = {"recoveryPointId", "sourceResourceId", "recoveryType"};
  const json* extra = restore.find("extraProperties");
  if (extra == nullptr || !extra->is_object()) return;
  std::vector<std::string_view> given;
  for (const auto& item : restore.value().items()) {
    if (item.key() != "extraProperties") given.push_back(item.key());
  }
  const std::string pointer = restore.pointer_of("extraProperties");
  for (const auto& [name, value] : extra->items()) {
    const std::string_view decides = find_ignoring_case(name, deciding);
    if (!decides.empty()) {
      restore.fault_at(child_pointer(pointer, name),
                       in_quotes(name) +
                           " selects what is restored and is not allowed in \"extraProperties\"; set it in " +
                           (decides == "recoveryPointId" ? "\"recoveryPoint\"" : "\"restore\" itself"));
    } else if (!find_ignoring_case(name, given).empty()) {
      restore.fault_at(child_pointer(pointer, name),
                       in_quotes(name) + " is also given in \"restore\"; remove one of the two");
    }
  }
}

}  // namespace

void check_restore_properties(const JsonDocument& document, const json& restore, const std::string& pointer,
                              std::optional<RecoveryType> type, std::vector<Fault>& faults) {
  ObjectReader reader(document, restore, pointer, faults);
  refuse_unknown(reader, "property", names_of(restore_properties()), job_member_places(),
                 "; put properties that azrestored does not know into \"extraProperties\"");
  for (const Property& property : restore_properties()) check_property(reader, property);
  if (reader.find("recoveryType") == nullptr) {
    reader.fault("recoveryType", "\"recoveryType\" is missing; expected " + expected_of(property_of("recoveryType")));
  }
  check_extra(reader);
  check_property_rules(reader, type);
}

}  // namespace azrestored
