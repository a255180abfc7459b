// The smallest parts of a JSON text as people write it: places, words, and letters that only look right. Pure. Used by
// JsonDocument and syntax_errors.cpp.
#pragma once

#include <string_view>

namespace azrestored {

/// Lines and columns count from 1, columns in bytes.
struct TextPlace {
  int line;
  int column;
};

TextPlace place_of(std::string_view text, std::size_t offset);

/// True for a number as RFC 8259 section 6 has it.
bool is_json_number(std::string_view word);

/// True for what has the letters of a number, be it one or not: +5, 007, .5.
bool is_meant_as_number(std::string_view word);

/// The length of the escape that the text begins with (\n, \u0041); 0 when a backslash begins none.
std::size_t escape_length(std::string_view text);

/// True for the name of a member whose value nobody else may read, so that no sentence repeats it.
bool names_a_secret(std::string_view name);

/// A letter that word processors and web pages put where JSON wants a plain one.
struct Lookalike {
  std::string_view letter;  // in UTF-8
  std::string_view name;
  bool is_quote;  // else a space
};

/// The one that the text begins with; nullptr when there is none.
const Lookalike* lookalike_at(std::string_view text);

}  // namespace azrestored
