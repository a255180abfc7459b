// One thing wrong with a text that a person wrote, and the words in which values are named. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azrestored {

/// One thing wrong with a file: where, and a sentence that says what was found and what is expected.
struct Fault {
  std::string pointer;  // RFC 6901; "" is the whole document
  int line = 0;         // from 1; 0 when the fault has no place in the text
  int column = 0;       // from 1, in bytes
  std::string sentence;

  /// "/restore/region, line 7, column 15: ..."
  [[nodiscard]] std::string text() const;
};

/// More faults than a person mends in one go are not told: it bounds what a hostile file can make of itself.
inline constexpr std::size_t most_faults = 100;

/// Appends the fault while there are fewer than most_faults.
void add_fault(std::vector<Fault>& faults, Fault fault);

/// What a value is, in words: "the number 5", "the text \"abc\"", "an object", "null". Long texts are cut.
std::string describe(const nlohmann::json& value);

/// The text in quotes, fit for a log line or a terminal: escaped as in JSON, ASCII only, cut when long.
std::string in_quotes(std::string_view text);

/// `pointer` with one more segment, escaped by RFC 6901.
std::string child_pointer(const std::string& pointer, std::string_view name);

/// The first of `words` that equals `text` without regard to letter case; "" when none does.
std::string_view same_word(std::string_view text, std::span<const std::string_view> words);

/// "a", "b" or "c", with the quotes.
std::string either_of(std::span<const std::string_view> words);

}  // namespace azrestored
