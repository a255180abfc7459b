#include "core/azure/arm_id_hint.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/base/pasted_text.hpp"
#include "core/base/spelling.hpp"
#include "core/base/text.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

using Words = std::span<const std::string_view>;

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> found;
  for (;;) {
    const auto slash = path.find('/');
    found.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return found;
    path.remove_prefix(slash + 1);
  }
}

/// The wrong word among those that have a fixed position in every id.
std::string word_hint(std::span<const std::string_view> segments) {
  static constexpr std::array<std::pair<std::size_t, std::string_view>, 3> words = {
      {{0, "subscriptions"}, {2, "resourceGroups"}, {4, "providers"}}};
  for (const auto& [index, word] : words) {
    if (index >= segments.size() || iequals(segments[index], word)) continue;
    return "; found " + in_quotes(segments[index]) + " where an id has " + in_quotes(word);
  }
  return "";
}

/// For an id that ends between a type and its name.
std::string pair_hint(std::span<const std::string_view> segments) {
  constexpr std::size_t complete = 8;  // up to the name of a resource
  if (segments.size() < complete) return "; it ends too early: a type or name is missing at its end";
  return "; remove " + in_quotes(segments.back()) + " at its end, or add what is missing after it";
}

std::string type_hint(const ArmId& id, Words types) {
  if (types.empty()) return "; this continues after the resource group's name: end it there";
  if (id.type.empty()) return "; this is the id of a resource group";
  const std::string near = nearest_name(id.type, types);
  if (near.empty()) return "; this id has the type " + in_quotes(id.type);
  return "; its type " + in_quotes(id.type) + " is perhaps meant to be " + in_quotes(near);
}

}  // namespace

std::string hidden_hint(std::string_view text) {
  const auto found = hidden_character(text);
  return found ? "; it contains " + *found + ": remove it" : "";
}

std::string id_hint(std::string_view text, Words types) {
  constexpr std::string_view beginning = "/subscriptions/";
  const auto begin = to_lower(text).find(beginning);
  if (begin != std::string::npos && begin > 0) return "; remove everything before /subscriptions/";
  if (istarts_with(text, beginning.substr(1))) return "; the / at its beginning is missing";
  if (std::string hint = hidden_hint(text); !hint.empty()) return hint;
  if (!text.starts_with('/')) return "";
  if (const auto end = text.find_first_of("?#%\\"); end != std::string_view::npos) {
    return "; an id does not contain " + in_quotes(text.substr(end, 1)) + ": remove it and everything after it";
  }
  if (text.ends_with('/')) return "; remove the / at its end";
  if (text.find("//") != std::string_view::npos)
    return "; it has two / in a row: remove one, or add what is missing between them";
  const auto segments = segments_of(text.substr(1));
  if (std::string hint = word_hint(segments); !hint.empty()) return hint;
  const auto id = ArmId::parse(text);
  if (!id) return pair_hint(segments);
  const bool is_wanted = types.empty() ? id->type.empty() : !find_ignoring_case(id->type, types).empty();
  return is_wanted ? "" : type_hint(*id, types);
}

}  // namespace azrestored
