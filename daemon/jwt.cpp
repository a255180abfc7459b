#include "daemon/jwt.hpp"

#include <nlohmann/json.hpp>

#include "daemon/base64url.hpp"

namespace azrestored {
namespace {

constexpr double year_9999 = 253'402'300'799;

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
