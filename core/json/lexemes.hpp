// The smallest parts of a JSON text: locations, words, and characters that look like JSON's own. Pure. Only for
// JsonDocument and syntax_errors.cpp.
#pragma once

#include <string_view>

namespace azrestored {

/// Line and column count from 1; the column counts bytes.
struct TextPlace {
  int line;
  int column;
};

TextPlace place_of(std::string_view text, std::size_t offset);

/// True for a number by RFC 8259 section 6.
bool is_json_number(std::string_view word);

/// True for a word of the characters of a number, valid or not: +5, 007, .5.
bool is_meant_as_number(std::string_view word);

/// The length of the escape at the beginning of the text (\n, \u0041); 0 if the escape is not valid.
std::size_t escape_length(std::string_view text);

/// True if the member with this name may hold a secret. Messages do not contain its value.
bool names_a_secret(std::string_view name);

/// A character that word processors and web pages use instead of the one that JSON requires.
struct Lookalike {
  std::string_view letter;  // in UTF-8
  std::string_view name;
  bool is_quote;  // otherwise a space
};

/// The lookalike at the beginning of the text; nullptr if there is none.
const Lookalike* lookalike_at(std::string_view text);

}  // namespace azrestored
