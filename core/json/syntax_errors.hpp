// What a person most likely did to a text that is not JSON: a comma too many, a quote left out, a comment where none
// may be. nlohmann_json is the judge of what is JSON; its verdict names grammar, and the place where its reading
// stopped. This reads the text once more by the grammar (RFC 8259) and tells the first mistake where it has to be
// mended, in words for whoever wrote it. Used by JsonDocument alone; pure, without recursion, one pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

struct JsonMistake {
  std::size_t offset;    // of the byte to mend at; at most the text's size
  std::string sentence;  // printable ASCII
};

/// The first mistake in a text of well-formed UTF-8 without NUL. nullopt when this sees none: a number too large, half
/// a surrogate pair. With `comments`, // and /* */ are none.
std::optional<JsonMistake> first_mistake(std::string_view text, bool comments);

}  // namespace azrestored
