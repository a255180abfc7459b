// HMAC-SHA-256 as bytes; signs addresses and tokens here. The key comes from the seed and is not secret.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace azsim {

[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);
/// `count` bytes that depend on every bit of key and text.
[[nodiscard]] std::string stretched_hmac(std::string_view key, std::string_view text, std::size_t count);

}  // namespace azsim
