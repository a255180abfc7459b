// See listing.hpp.
#include "listing.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace azsim {
namespace {

void skip_blanks(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

std::string_view take_word(std::string_view& text) {
  skip_blanks(text);
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

/// 'value', with a quote inside it written twice.
std::optional<std::string> take_quoted(std::string_view& text) {
  skip_blanks(text);
  if (text.empty() || text.front() != '\'') return std::nullopt;
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '\'') {
      value += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '\'') {
      value += text[i++];
    } else {
      text.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

Filter broken(std::string sentence) {
  Filter filter;
  filter.error = std::move(sentence);
  return filter;
}

}  // namespace

bool Filter::allows(std::string_view field, std::string_view actual) const {
  const std::string* wanted = value(field);
  return wanted == nullptr || same_name(*wanted, actual);
}

Filter read_filter(const Pairs& query, const std::vector<std::string_view>& known) {
  Filter filter;
  const std::string* whole = find_value(query, "$filter");
  if (whole == nullptr) return filter;
  std::string_view text = *whole;
  for (skip_blanks(text); !text.empty(); skip_blanks(text)) {
    if (!filter.conditions.empty() && !same_name(take_word(text), "and"))
      return broken("The conditions of the filter must be joined with 'and'.");
    const std::string field(take_word(text));
    if (std::none_of(known.begin(), known.end(), [&](std::string_view name) { return same_name(name, field); }))
      return broken("This list cannot be filtered by '" + field + "'.");
    if (!same_name(take_word(text), "eq")) return broken("The only operator of the filter is 'eq'.");
    const auto value = take_quoted(text);
    if (!value) return broken("The filter's value for '" + field + "' must be in single quotes.");
    filter.conditions.emplace_back(field, *value);
  }
  return filter;
}

Window read_window(Filter& filter, std::string_view from, std::string_view to) {
  Window window;
  const auto read = [&](std::string_view field, std::optional<Instant>& end) {
    const std::string* text = filter.value(field);
    if (text == nullptr) return;
    end = parse_filter_date(*text);
    if (!end) filter.error = "The filter's '" + std::string(field) + "' must look like '2026-11-19 10:00:00 PM'.";
  };
  read(from, window.from);
  read(to, window.to);
  return window;
}

Page cut_page(const Pairs& query, std::size_t size, std::size_t page_size) {
  Page page;
  if (const std::string* token = find_value(query, "$skipToken")) {
    std::size_t begin = 0;
    const auto [end, code] = std::from_chars(token->data(), token->data() + token->size(), begin, 16);
    if (code != std::errc() || end != token->data() + token->size() || begin > size)
      page.error = "The skip token was not issued here.";
    page.begin = std::min(begin, size);
    page.first = false;
  }
  page.end = std::min(page.begin + page_size, size);
  if (page.end < size) {
    std::array<char, 16> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), page.end, 16).ptr;
    page.next = std::string(text.data(), end);
  }
  return page;
}

}  // namespace azsim
