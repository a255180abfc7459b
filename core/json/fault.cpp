#include "core/json/fault.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// A short list of plain values in full, any other list by its size.
std::string described_list(const json& list) {
  constexpr std::size_t longest = 3;
  const auto is_plain = [](const json& value) { return value.is_number() || value.is_boolean(); };
  const bool is_short = list.size() <= longest && std::ranges::all_of(list, is_plain);
  return is_short ? "the list " + list.dump() : "a list of " + std::to_string(list.size());
}

}  // namespace

std::string Fault::text() const {
  std::string where = printable(pointer);
  if (line > 0) {
    if (!where.empty()) where += ", ";
    where += "line " + std::to_string(line) + ", column " + std::to_string(column);
  }
  return where.empty() ? sentence : where + ": " + sentence;
}

void add_fault(std::vector<Fault>& faults, Fault fault) {
  if (faults.size() < max_faults) faults.push_back(std::move(fault));
}

std::string describe(const json& value) {
  switch (value.type()) {
    case json::value_t::null:
      return "null";
    case json::value_t::boolean:
      return value.get<bool>() ? "the value true" : "the value false";
    case json::value_t::string:
      return "the string " + in_quotes(value.get_ref<const std::string&>());
    case json::value_t::array:
      return value.empty() ? "an empty list" : described_list(value);
    case json::value_t::object:
      return value.empty() ? "an empty object" : "an object";
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
    case json::value_t::number_float:
      return "the number " + value.dump();
    case json::value_t::binary:
    case json::value_t::discarded:
      break;
  }
  return "a value that JSON does not know";
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 120;
  std::size_t end = std::min(text.size(), longest);
  while (end > 0 && end < text.size() && !is_utf8(text.substr(0, end))) --end;  // not inside a UTF-8 sequence
  const std::string_view cut = end < text.size() ? "..." : "";
  constexpr int no_indent = -1;
  const bool ascii_only = true;
  std::string inside =
      json(std::string(text.substr(0, end))).dump(no_indent, ' ', ascii_only, json::error_handler_t::replace);
  inside.insert(inside.size() - 1, cut);
  return inside;
}

std::string child_pointer(const std::string& pointer, std::string_view name) {
  std::string child = pointer + "/";
  for (const char c : name) {
    if (c == '~') {
      child += "~0";
    } else if (c == '/') {
      child += "~1";
    } else {
      child += c;
    }
  }
  return child;
}

std::string_view find_ignoring_case(std::string_view text, std::span<const std::string_view> words) {
  const auto found = std::ranges::find_if(words, [&](std::string_view word) { return iequals(word, text); });
  return found == words.end() ? std::string_view() : *found;
}

std::string quoted_alternatives(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += in_quotes(words[i]);
  }
  return text;
}

}  // namespace azrestored
