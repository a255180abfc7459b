// One setting: a pointer to its value and the values that are allowed. The tables of settings.cpp and auth_section.cpp
// have one row for each setting. Reading, printing and the list of known keys use that row.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/instant.hpp"
#include "core/json/object_reader.hpp"

namespace azrestored {

struct TextField {
  std::string* value;
  bool (*is_good)(std::string_view);
  std::string_view expected;                        // "found ...; expected " this
  std::string (*hint)(std::string_view) = nullptr;  // the end of that sentence, for the text that was found
  bool may_be_secret = false;                       // a wrong text may be a secret: the sentence does not repeat it
};

struct NumberField {
  int* value;
  int least;
  int most;
};

/// One of several words. The values of the enum have the order of the words.
struct ChoiceField {
  std::span<const std::string_view> words;
  std::size_t value;
  std::function<void(std::size_t)> set;
};

template <class Enum>
ChoiceField choice(Enum& value, std::span<const std::string_view> words) {
  return {words, static_cast<std::size_t>(value), [&value](std::size_t index) { value = static_cast<Enum>(index); }};
}

/// A Millis* is a duration above zero.
using SettingField = std::variant<TextField, NumberField, ChoiceField, Millis*, bool*>;

/// Stores the member `key` of the section in the field. If the section has no such member, the field stays as it is. A
/// value of the wrong form is a fault.
void read_setting(ObjectReader& section, std::string_view key, const SettingField& field);

nlohmann::ordered_json printed_setting(const SettingField& field);

}  // namespace azrestored
