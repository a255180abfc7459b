// Reads "recoveryPoint" of a job file. Grammar: job_file.cpp.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/duration.hpp"
#include "core/base/spelling.hpp"
#include "core/jobfile/member_names.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/readers.hpp"
#include "core/json/fault.hpp"
#include "core/json/unknown_members.hpp"
#include "core/json/value_hints.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

constexpr std::string_view point_forms =
    "\"latest\", a recovery point's id in digits, or an object with any of \"before\", \"after\", \"consistency\", "
    "\"tier\" and \"notOlderThan\"";
constexpr std::string_view consistencies[] = {"AppConsistent", "CrashConsistent", "FileSystemConsistent"};
constexpr std::string_view tiers[] = {"InstantRP", "HardenedRP", "ArchivedRP"};

/// Ids have up to 19 digits today (azure-backup-api.md 2.4).
bool is_point_id(std::string_view text) {
  constexpr std::size_t longest = 40;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_digit);
}

std::optional<Instant> read_time(ObjectReader& filter, std::string_view name) {
  constexpr std::string_view expected = "a time with a zone such as \"2026-11-20T00:00:00Z\"";
  const auto text = filter.text(name, expected);
  if (!text) return std::nullopt;
  const auto time = parse_rfc3339(*text);
  if (!time) filter.unexpected(name, std::string(expected) + time_hint(*text));
  return time;
}

std::optional<Millis> read_age(ObjectReader& filter) {
  constexpr std::string_view expected = "a duration above zero such as \"36h\" (units: ms, s, m, h, d)";
  const json* value = filter.find("notOlderThan");
  if (value == nullptr) return std::nullopt;
  const auto age = value->is_string() ? parse_duration(value->get_ref<const std::string&>()) : std::nullopt;
  if (age && *age > Millis::zero()) return age;
  filter.unexpected("notOlderThan", std::string(expected) + duration_hint(*value));
  return std::nullopt;
}

/// A list of known words, in any letter case. Returns them in Azure's spelling.
std::vector<std::string> read_words(ObjectReader& filter, std::string_view name,
                                    std::span<const std::string_view> known) {
  const json* list = filter.find(name);
  if (list == nullptr) return {};
  if (!list->is_array() || list->empty()) {
    const auto word =
        list->is_string() ? find_ignoring_case(list->get_ref<const std::string&>(), known) : std::string_view();
    filter.unexpected(name, "a list with any of " + quoted_alternatives(known) +
                                (word.empty() ? "" : "; write [" + in_quotes(word) + "]"));
    return {};
  }
  std::vector<std::string> words;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const json& value = (*list)[i];
    const auto word =
        value.is_string() ? find_ignoring_case(value.get_ref<const std::string&>(), known) : std::string_view();
    if (word.empty()) {
      filter.unknown_word_at(filter.pointer_of(name, i), value, known);
    } else if (std::ranges::find(words, word) == words.end()) {
      words.emplace_back(word);
    }
  }
  return words;
}

PointFilter read_filter(ObjectReader& filter) {
  refuse_unknown(filter, "member", job_members("recoveryPoint"));
  PointFilter rule;
  rule.before = read_time(filter, "before");
  rule.after = read_time(filter, "after");
  rule.consistency = read_words(filter, "consistency", consistencies);
  rule.tier = read_words(filter, "tier", tiers);
  rule.not_older_than = read_age(filter);
  if (rule.before && rule.after && *rule.before <= *rule.after) {
    filter.fault("before", "found " + to_rfc3339(*rule.before) + "; expected a time later than \"after\", which is " +
                               to_rfc3339(*rule.after));
  }
  return rule;
}

/// A suggestion for a string that is neither "latest" nor an id.
std::string point_hint(std::string_view text) {
  static constexpr std::string_view words[] = {"latest"};
  if (!nearest_name(text, words).empty()) return "; write \"latest\"";
  const bool is_time = parse_rfc3339(text).has_value();
  return is_time ? "; write {\"before\": " + in_quotes(text) + "} for the newest point before that time" : "";
}

}  // namespace

PointRule read_point_rule(ObjectReader& file) {
  const json* value = file.find("recoveryPoint");
  if (value == nullptr) return LatestPoint{};
  if (value->is_object() && !value->empty()) {
    auto filter = file.object("recoveryPoint", point_forms);
    return read_filter(*filter);
  }
  std::string hint;
  if (value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    if (text == "latest") return LatestPoint{};
    if (is_point_id(text)) return PointById{text};
    hint = point_hint(text);
  }
  if (value->is_number_unsigned()) {
    file.fault("recoveryPoint",
               "found " + describe(*value) + "; a recovery point's id is a string: write \"" + value->dump() + "\"");
  } else {
    file.unexpected("recoveryPoint", std::string(point_forms) + hint);
  }
  return LatestPoint{};
}

}  // namespace azrestored
