#include "daemon/jwt.hpp"

#include <nlohmann/json.hpp>

namespace azrestored {
namespace {

constexpr double year_9999 = 253'402'300'799;

/// RFC 4648 5, without padding; nullopt when the text is something else.
std::optional<std::string> decode_base64url(std::string_view text) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string bytes;
  std::uint32_t bits = 0;
  std::uint32_t count = 0;  // of the bits that make no whole byte yet
  for (const char c : text) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFFU);
  }
  return bytes;
}

}  // namespace

std::optional<Instant> jwt_expiry(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto claims_text = decode_base64url(token.substr(first + 1, second - first - 1));
  if (!claims_text) return std::nullopt;
  const auto claims = nlohmann::json::parse(*claims_text, nullptr, false);
  const auto end = claims.is_object() ? claims.find("exp") : claims.end();
  if (end == claims.end() || !end->is_number()) return std::nullopt;
  const auto seconds = end->get<double>();
  if (!(seconds >= 0 && seconds <= year_9999)) return std::nullopt;
  return Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace azrestored
