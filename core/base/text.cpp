#include "core/base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace azrestored {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// How many letters are inserted, dropped, changed or swapped with their neighbour to make `b` of `a` (optimal string
/// alignment). Three rows of the table are enough: a swap looks two rows back.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

/// The length of the well-formed UTF-8 sequence that `bytes` begins with, 0 when it begins with none
/// (the table of RFC 3629 section 4: the second byte's range depends on the first).
std::size_t sequence_length(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : 0U; };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;  // a tail, or an overlong form of ASCII
  if (first < 0xE0) return is_tail(1) ? 2 : 0;
  if (first < 0xF0) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (first == 0xED && byte(1) > 0x9F) return 0;  // a surrogate
    return is_tail(1) && is_tail(2) ? 3 : 0;
  }
  if (first > 0xF4) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;  // overlong
  if (first == 0xF4 && byte(1) > 0x8F) return 0;  // beyond U+10FFFF
  return is_tail(1) && is_tail(2) && is_tail(3) ? 4 : 0;
}

/// The one candidate that has the word in it, as "resourceGroup" has "group"; "" when there is none or several.
std::string_view only_name_with(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t shortest = 4;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    if (word.size() < shortest || to_lower(candidate).find(word) == std::string::npos) continue;
    if (!found.empty()) return "";
    found = candidate;
  }
  return found;
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

std::string nearest_name(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string lowered = to_lower(word);
  std::string_view nearest;
  std::size_t fewest = 0;
  for (const std::string_view candidate : candidates) {
    // A third of the letters may differ: a slip of the hand, or a word left out, but not another word.
    const std::size_t most = (std::max(word.size(), candidate.size()) + 2) / 3;
    const std::size_t longer_by = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (longer_by > most) continue;  // spares the table, which for a hostile megabyte would be a large one
    const std::size_t count = edits(lowered, to_lower(candidate));
    if (count <= most && (nearest.empty() || count < fewest)) {
      nearest = candidate;
      fewest = count;
    }
  }
  return std::string(nearest.empty() ? only_name_with(lowered, candidates) : nearest);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string nearest = nearest_name(word, candidates);
  return nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?";
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string printable(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      text += c;
    } else {
      text += {'\\', 'x', digits[byte >> 4U], digits[byte & 0xFU]};
    }
  }
  return text;
}

std::optional<std::string_view> quoted_behind(std::string_view before, std::string_view text) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(at + before.size());
  if (!rest.starts_with('\'')) return std::nullopt;
  rest.remove_prefix(1);
  const auto end = rest.find('\'');
  if (end == std::string_view::npos) return std::nullopt;
  return rest.substr(0, end);
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
