// An answer as a text: the status, a header a line, an empty line, the body. So a seed can be read and written by hand,
// and libFuzzer's dictionary finds words to put in.
#pragma once

#include <string_view>

#include "core/http/message.hpp"

namespace azrestored::fuzz {

/// The part before the first line feed; `rest` keeps what comes behind it.
std::string_view take_line(std::string_view& rest);

/// Every text is an answer; one without a number of three digits in front, which is all that HTTP knows, has status
/// 200.
HttpResponse answer_of(std::string_view input);

}  // namespace azrestored::fuzz
