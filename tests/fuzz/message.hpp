// A response as a text: the status, one header per line, an empty line, the body. So a seed can be read and written by
// hand, and the words of libFuzzer's dictionary fit.
#pragma once

#include <string_view>

#include "core/http/message.hpp"

namespace azrestored::fuzz {

/// The part before the first line feed; `rest` gets the part after it.
std::string_view take_line(std::string_view& rest);

/// Every text is a response. One that does not start with a number of three digits, the only form in HTTP, has the
/// status 200.
HttpResponse answer_of(std::string_view input);

}  // namespace azrestored::fuzz
