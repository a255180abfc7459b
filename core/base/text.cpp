#include "core/base/text.hpp"

#include <algorithm>

namespace azrestored {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool iequals(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool istarts_with(std::string_view text, std::string_view prefix) {
  return iequals(text.substr(0, prefix.size()), prefix);
}

std::string to_lower(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  return lowered;
}

bool is_same_region(std::string_view a, std::string_view b) {
  const auto without_blanks = [](std::string_view text) {
    std::string name = to_lower(text);
    std::erase(name, ' ');
    return name;
  };
  return without_blanks(a) == without_blanks(b);
}

std::optional<std::string_view> quoted_after(std::string_view before, std::string_view text) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(at + before.size());
  if (!rest.starts_with('\'')) return std::nullopt;
  rest.remove_prefix(1);
  const auto end = rest.find('\'');
  if (end == std::string_view::npos) return std::nullopt;
  return rest.substr(0, end);
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string join_and(std::span<const std::string> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace azrestored
