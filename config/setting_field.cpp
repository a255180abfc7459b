#include "config/setting_field.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/duration.hpp"
#include "core/base/pasted_text.hpp"
#include "core/json/value_hints.hpp"

namespace azrestored {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

struct Reading {
  ObjectReader& section;
  std::string_view key;
  const json& found;

  void operator()(const TextField& text) const {
    const auto given = section.text(key, text.expected);
    if (!given) return;
    // A value that would be refused is taken without the blanks that were copied with it.
    const std::string value(text.is_good(*given) ? std::string_view(*given) : trim_pasted(*given));
    if (value.empty() != given->empty() || !text.is_good(value)) return refuse(text, *given);
    *text.value = value;
  }

  void refuse(const TextField& text, const std::string& given) const {
    const std::string expected = std::string(text.expected) + (text.hint == nullptr ? "" : text.hint(given));
    if (!text.may_be_secret) return section.unexpected(key, expected);
    section.fault(key, "found another string, which is not shown because it may be a secret; expected " + expected);
  }

  void operator()(const NumberField& number) const {
    const bool is_good = found.is_number_unsigned() &&
                         found.get<std::uint64_t>() >= static_cast<unsigned>(number.least) &&
                         found.get<std::uint64_t>() <= static_cast<unsigned>(number.most);
    if (!is_good) {
      return section.unexpected(key, "a whole number from " + std::to_string(number.least) + " to " +
                                         std::to_string(number.most) + unquoted_hint(found));
    }
    *number.value = found.get<int>();
  }

  void operator()(Millis* duration) const {
    const auto read = found.is_string() ? parse_duration(found.get_ref<const std::string&>()) : std::nullopt;
    if (!read || *read <= Millis::zero()) {
      return section.unexpected(key,
                                "a duration above zero such as \"30s\" (units: ms, s, m, h, d)" + duration_hint(found));
    }
    *duration = *read;
  }

  void operator()(bool* flag) const {
    if (!found.is_boolean()) return section.unexpected(key, "true or false");
    *flag = found.get<bool>();
  }

  void operator()(const ChoiceField& choice) const {
    const auto& words = choice.words;
    const auto word = found.is_string() ? std::ranges::find(words, found.get_ref<const std::string&>()) : words.end();
    if (word == words.end()) return section.unknown_word_at(section.pointer_of(key), found, words);
    choice.set(static_cast<std::size_t>(word - words.begin()));
  }
};

struct Printing {
  ordered_json operator()(const TextField& text) const { return *text.value; }
  ordered_json operator()(const NumberField& number) const { return *number.value; }
  ordered_json operator()(const Millis* duration) const { return to_duration(*duration); }
  ordered_json operator()(const bool* flag) const { return *flag; }
  ordered_json operator()(const ChoiceField& choice) const { return std::string(choice.words[choice.value]); }
};

}  // namespace

void read_setting(ObjectReader& section, std::string_view key, const SettingField& field) {
  const json* found = section.find(key);
  if (found != nullptr) std::visit(Reading{section, key, *found}, field);
}

ordered_json printed_setting(const SettingField& field) {
  return std::visit(Printing{}, field);
}

}  // namespace azrestored
