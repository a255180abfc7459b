// Where an access token comes from, as the cache (cached_token_source.hpp) sees it. One implementation for each auth.method
// (token_providers.hpp), and fakes in tests.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <variant>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"

namespace azrestored {

/// How long a token is taken to live when nothing says so: short, because asking again costs little.
inline constexpr Millis unstated_life = std::chrono::minutes(5);

struct AccessToken {
  std::string value;
  Instant expires_at{};
};

/// Why there is no token. Kind `unauthorized`: somebody must change the configuration; `throttled` and `transient`: the
/// next try may well succeed. The sentence says what to do and holds neither secret nor token.
struct SignInFailure {
  Error error;
  std::optional<Millis> retry_after;  // what the authority asked for
};

using SignIn = std::variant<AccessToken, SignInFailure>;

class TokenProvider {
 public:
  virtual ~TokenProvider() = default;
  /// Asks for a new token, once.
  virtual boost::asio::awaitable<SignIn> sign_in() = 0;
};

}  // namespace azrestored
