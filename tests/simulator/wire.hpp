// HTTP/1.1 answers as bytes, written by hand: a simulator must also send what a good library refuses to send.
#pragma once

#include <string>
#include <string_view>

#include "http_message.hpp"

namespace azsim {

/// Head and body. A 204 has neither length nor body; an empty body says Content-Length: 0; else chunked when asked for.
[[nodiscard]] std::string wire_bytes(const Response& response, std::string_view date);
/// The head of a chunked 200 whose body the caller makes with `wire_chunk`.
[[nodiscard]] std::string wire_chunked_head(std::string_view date);
/// One chunk; the empty one ends the body.
[[nodiscard]] std::string wire_chunk(std::string_view data);
/// The right head, promising more than the half of the body that follows.
[[nodiscard]] std::string wire_torn(const Response& response, std::string_view date);

}  // namespace azsim
