// See assertion.hpp.
#include "assertion.hpp"

#include <algorithm>
#include <string_view>

#include "certificate.hpp"
#include "json.hpp"
#include "text.hpp"

namespace azsim {
namespace {

using Refused = std::optional<AssertionRefusal>;

constexpr std::int64_t longest_life_s = 600, clock_skew_s = 5;

/// Discarded if the part is not base64url of a JSON object.
Json decode(std::string_view part) {
  const auto bytes = base64url_decode(part);
  Json json = bytes ? Json::parse(*bytes, nullptr, false) : Json(Json::value_t::discarded);
  return json.is_object() ? json : Json(Json::value_t::discarded);
}

std::string text_at(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::optional<std::int64_t> time_at(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_number_integer() ? std::optional(it->get<std::int64_t>()) : std::nullopt;
}

Refused judge_signature(const Json& header, std::string_view content, std::string_view signature,
                        const Certificate& certificate) {
  const std::string algorithm = text_at(header, "alg");
  if (text_at(header, "typ") != "JWT" || (algorithm != "PS256" && algorithm != "RS256"))
    return AssertionRefusal{50027, "The assertion must be a JWT signed with PS256 or RS256."};
  const bool modern = algorithm == "PS256";
  const std::string thumbprint = text_at(header, modern ? "x5t#S256" : "x5t");
  if (thumbprint != (modern ? certificate.sha256_thumbprint() : certificate.sha1_thumbprint()))
    return AssertionRefusal{700027, "The certificate with the thumbprint '" + thumbprint + "' is not registered."};
  const auto bytes = base64url_decode(signature);
  if (!bytes || !certificate.has_signed(content, *bytes, modern ? Signing::ps256 : Signing::rs256))
    return AssertionRefusal{700027, "The assertion's signature does not match the registered certificate."};
  return std::nullopt;
}

Refused judge_time(const Json& claims, Instant now) {
  const auto from = time_at(claims, "nbf"), to = time_at(claims, "exp");
  if (!from || !to) return AssertionRefusal{50027, "The assertion must contain the times 'nbf' and 'exp'."};
  const std::int64_t now_s = epoch_seconds(now);
  if (*to - *from > longest_life_s) return AssertionRefusal{500133, "The assertion is valid for too long."};
  if (now_s + clock_skew_s < *from || now_s - clock_skew_s >= *to)
    return AssertionRefusal{500133, "The assertion is not valid now: the time here is " + std::to_string(now_s) +
                                        ", and the assertion is valid from " + std::to_string(*from) + " to " +
                                        std::to_string(*to) + "."};
  return std::nullopt;
}

}  // namespace

Refused judge_assertion(const std::string& jwt, const ClientSpec& client, const std::string& audience, Instant now,
                        std::set<std::string>& seen) {
  const auto parts = split(jwt, '.');
  const Json header = parts.size() == 3 ? decode(parts[0]) : Json(Json::value_t::discarded);
  const Json claims = parts.size() == 3 ? decode(parts[1]) : Json(Json::value_t::discarded);
  if (header.is_discarded() || claims.is_discarded()) return AssertionRefusal{50027, "The assertion is not a JWT."};
  if (auto refused = judge_signature(header, std::string_view(jwt).substr(0, jwt.rfind('.')), parts[2],
                                     Certificate(client.certificate)))
    return refused;
  if (text_at(claims, "aud") != audience)
    return AssertionRefusal{700023,
                            "The assertion's audience is '" + text_at(claims, "aud") + "', not '" + audience + "'."};
  if (!same_name(text_at(claims, "iss"), client.client_id) || !same_name(text_at(claims, "sub"), client.client_id))
    return AssertionRefusal{700021, "The assertion's issuer and subject must both be the client's id."};
  if (auto refused = judge_time(claims, now)) return refused;
  const std::string id = text_at(claims, "jti");
  if (id.empty() || !seen.insert(id).second)
    return AssertionRefusal{50012, "The assertion's 'jti' is missing or was used before."};
  return std::nullopt;
}

std::string assertion_algorithm(const std::string& jwt) {
  const Json header = decode(std::string_view(jwt).substr(0, jwt.find('.')));
  return header.is_discarded() ? std::string() : text_at(header, "alg");
}

}  // namespace azsim
