// Checks bytes that may not be text, and makes them printable. Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// True when the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes);

/// Removes the first character from `bytes`, which must not be empty, and returns it. A byte that begins none is
/// removed alone and returned as U+FFFD.
char32_t take_code_point(std::string_view& bytes);

/// Appends the character in UTF-8. It must be one: at most U+10FFFF and no surrogate.
void append_code_point(std::string& out, char32_t letter);

/// The bytes with everything outside printable ASCII written as \xNN: safe in a log line or on a terminal.
std::string printable(std::string_view bytes);

}  // namespace azrestored
