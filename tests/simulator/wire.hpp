// HTTP/1.1 responses as bytes, built here and not by a library: a simulator must also send invalid responses.
#pragma once

#include <string>
#include <string_view>

#include "http_message.hpp"

namespace azsim {

/// Head and body. A 204 has neither length nor body; an empty body says Content-Length: 0; otherwise chunked on
/// request.
[[nodiscard]] std::string wire_bytes(const Response& response, std::string_view date);
/// The head of a chunked 200; the caller makes its body with `wire_chunk`.
[[nodiscard]] std::string wire_chunked_head(std::string_view date);
/// One chunk; the empty one ends the body.
[[nodiscard]] std::string wire_chunk(std::string_view data);
/// The right head with the full length, and only half of the body.
[[nodiscard]] std::string wire_torn(const Response& response, std::string_view date);

}  // namespace azsim
