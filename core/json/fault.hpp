// Faults of a text that a person wrote, and the words that describe values in messages. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azrestored {

/// One fault of a file: its location, and a sentence with what was found and what is expected.
struct Fault {
  std::string pointer;  // RFC 6901; "" is the whole document
  int line = 0;         // from 1; 0 if the fault has no location in the text
  int column = 0;       // from 1, in bytes
  std::string sentence;

  /// "/restore/region, line 7, column 15: ..."
  [[nodiscard]] std::string text() const;
};

/// Maximum number of reported faults. It bounds the output for a hostile file.
inline constexpr std::size_t max_faults = 100;

/// Appends the fault if there are fewer than max_faults.
void add_fault(std::vector<Fault>& faults, Fault fault);

/// Describes a value: "the number 5", "the string \"abc\"", "an object", "null". Long strings are cut.
std::string describe(const nlohmann::json& value);

/// The text in quotes, safe in a log line or on a terminal: escaped as in JSON, ASCII only, cut if long.
std::string in_quotes(std::string_view text);

/// `pointer` with one more segment, escaped by RFC 6901.
std::string child_pointer(const std::string& pointer, std::string_view name);

/// The first of `words` that equals `text` without regard to letter case; "" if none does.
std::string_view find_ignoring_case(std::string_view text, std::span<const std::string_view> words);

/// The words in quotes: "a", "b" or "c".
std::string quoted_alternatives(std::span<const std::string_view> words);

}  // namespace azrestored
