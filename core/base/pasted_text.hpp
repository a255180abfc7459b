// Blanks and invisible characters in a text that a person copied from a mail, a sheet, a web page or a Windows tool.
// No name of Azure contains them; on a screen the text looks right. Pure. Text in UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

/// The text without blanks, line ends and invisible characters around it: also without a carriage return, a no-break
/// space, a zero-width space, a byte order mark, or a mark for the writing direction.
std::string_view trim_pasted(std::string_view text);

/// The first such character in the text, and its position: "a no-break space (U+00A0) as character 57, after "web0"".
/// nullopt without one. For texts that trim_pasted() has trimmed.
std::optional<std::string> hidden_character(std::string_view text);

}  // namespace azrestored
