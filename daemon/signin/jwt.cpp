#include "daemon/signin/jwt.hpp"

#include <nlohmann/json.hpp>

#include "daemon/signin/base64url.hpp"

namespace azrestored {
namespace {

constexpr double year_9999 = 253'402'300'799;

/// The claims as JSON; null if the token is not a JSON Web Token.
nlohmann::json claims_of(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return {};
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos) return {};
  const auto text = decode_base64url(token.substr(first + 1, second - first - 1));
  if (!text) return {};
  auto claims = nlohmann::json::parse(*text, nullptr, false);
  if (!claims.is_object()) return {};
  return claims;
}

}  // namespace

std::optional<Instant> jwt_expiry(std::string_view token) {
  const auto claims = claims_of(token);
  const auto end = claims.find("exp");
  if (end == claims.end() || !end->is_number()) return std::nullopt;
  const auto seconds = end->get<double>();
  if (!(seconds >= 0 && seconds <= year_9999)) return std::nullopt;
  return Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

std::string jwt_claim(std::string_view token, const char* name) {
  const auto claims = claims_of(token);
  const auto claim = claims.find(name);
  return claim != claims.end() && claim->is_string() ? claim->get<std::string>() : "";
}

}  // namespace azrestored
