// One setting as a place in a struct and the values that may stand there: what the tables of settings.cpp and
// auth_section.cpp are made of, so that reading, printing and the list of known keys come from one line each.
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
  std::string (*hint)(std::string_view) = nullptr;  // what ends that sentence, of the text that was found
  bool may_be_secret = false;                       // if a person mistakes it: then the sentence does not repeat it
};

struct NumberField {
  int* value;
  int least;
  int most;
};

/// One word out of several, whose enum has its values in the order of the words.
struct ChoiceField {
  std::span<const std::string_view> words;
  std::size_t value;
  std::function<void(std::size_t)> set;
};

template <class Enum>
ChoiceField choice(Enum& value, std::span<const std::string_view> words) {
  return {words, static_cast<std::size_t>(value), [&value](std::size_t index) { value = static_cast<Enum>(index); }};
}

/// Millis is a duration above zero.
using SettingField = std::variant<TextField, NumberField, ChoiceField, Millis*, bool*>;

/// Puts the member `key` of the section into its place. No such member changes nothing; one that does not fit is a
/// fault.
void read_setting(MemberReader& section, std::string_view key, const SettingField& field);

nlohmann::ordered_json printed_setting(const SettingField& field);

}  // namespace azrestored
