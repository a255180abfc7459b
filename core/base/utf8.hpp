// Bytes that may not be text.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// True when the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes);

/// The text with everything outside printable ASCII written as \xNN: fit for a log line or a terminal.
std::string printable(std::string_view bytes);

}  // namespace azrestored
