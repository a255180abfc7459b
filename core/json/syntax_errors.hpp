// Explains why a text is not JSON: a comma too many, a missing quote, a comment where none is allowed. nlohmann_json
// decides what is JSON, but its messages name grammar symbols and the position where parsing stopped. This scanner
// reads the text again by RFC 8259 and reports the first mistake at the position where the author must fix it. Only for
// JsonDocument. Pure, without recursion, one pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

struct JsonSyntaxError {
  std::size_t offset;    // of the byte to fix; at most the size of the text
  std::string sentence;  // printable ASCII
};

/// The first mistake in a text of well-formed UTF-8 without NUL. nullopt if this scanner finds none: a number that is
/// too large, half of a surrogate pair. With `comments`, // and /* */ are allowed.
std::optional<JsonSyntaxError> first_syntax_error(std::string_view text, bool comments);

}  // namespace azrestored
