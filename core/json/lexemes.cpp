#include "core/json/lexemes.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr Lookalike lookalikes[] = {
    {"'", "a single quote", true},
    {"`", "a backquote", true},
    {"\xE2\x80\x98", "the curly quote U+2018", true},
    {"\xE2\x80\x99", "the curly quote U+2019", true},
    {"\xE2\x80\x9A", "the curly quote U+201A", true},
    {"\xE2\x80\x9C", "the curly quote U+201C", true},
    {"\xE2\x80\x9D", "the curly quote U+201D", true},
    {"\xE2\x80\x9E", "the curly quote U+201E", true},
    {"\xC2\xAB", "the quote U+00AB", true},
    {"\xC2\xBB", "the quote U+00BB", true},
    {"\xC2\xA0", "the no-break space U+00A0", false},
    {"\xE2\x80\xAF", "the narrow space U+202F", false},
    {"\xE2\x80\x8B", "the invisible space U+200B", false},
    {"\xE3\x80\x80", "the wide space U+3000", false},
    {"\xEF\xBB\xBF", "the byte order mark U+FEFF", false},
};

constexpr std::string_view secret_words[] = {"secret", "token", "password"};

}  // namespace

TextPlace place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto newline = before.rfind('\n');
  const std::size_t line_start = newline == std::string_view::npos ? 0 : newline + 1;
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  return {static_cast<int>(line), static_cast<int>(before.size() - line_start) + 1};
}

bool is_json_number(std::string_view word) {
  const auto take_digits = [&] {
    const auto end = std::ranges::find_if_not(word, is_digit);
    const auto count = static_cast<std::size_t>(end - word.begin());
    word.remove_prefix(count);
    return count;
  };
  if (word.starts_with('-')) word.remove_prefix(1);
  const bool has_leading_zero = word.starts_with('0');
  const std::size_t digits = take_digits();
  if (digits == 0 || (has_leading_zero && digits > 1)) return false;
  if (word.starts_with('.')) {
    word.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  if (word.starts_with('e') || word.starts_with('E')) {
    word.remove_prefix(1);
    if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  return word.empty();
}

bool is_meant_as_number(std::string_view word) {
  return std::ranges::any_of(word, is_digit) && word.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

std::size_t escape_length(std::string_view text) {
  const std::string_view escaped = text.substr(1, 1);
  if (escaped.empty()) return 0;
  if (escaped != "u") return std::string_view("\"\\/bfnrt").find(escaped) == std::string_view::npos ? 0 : 2;
  const std::string_view digits = text.substr(2, 4);
  const bool is_hex = digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  return digits.size() == 4 && is_hex ? 6 : 0;
}

bool names_a_secret(std::string_view name) {
  constexpr std::size_t longest = 256;
  const std::string lowered = to_lower(name.substr(0, longest));
  return std::ranges::any_of(secret_words,
                             [&](std::string_view word) { return lowered.find(word) != std::string::npos; });
}

const Lookalike* lookalike_at(std::string_view text) {
  const auto found =
      std::ranges::find_if(lookalikes, [&](const Lookalike& each) { return text.starts_with(each.letter); });
  return found == std::end(lookalikes) ? nullptr : found;
}

}  // namespace azrestored
