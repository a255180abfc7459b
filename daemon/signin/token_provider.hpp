// The source of access tokens for the cache (cached_token_source.hpp). One implementation for each auth.method
// (token_providers.hpp), and fakes in tests.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <variant>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"

namespace azrestored {

/// The assumed lifetime of a token without a stated one. It is short, because another sign-in costs little.
inline constexpr Millis unstated_life = std::chrono::minutes(5);

struct AccessToken {
  std::string value;
  Instant expires_at{};
};

/// Why there is no token. Kind `unauthorized`: an operator must change the configuration. `throttled`, `transient`: the
/// next attempt may succeed. The sentence says what to do and contains neither secret nor token.
struct SignInFailure {
  Error error;
  std::optional<Millis> retry_after;  // the wait that the authority requires
};

using SignIn = std::variant<AccessToken, SignInFailure>;

class TokenProvider {
 public:
  virtual ~TokenProvider() = default;
  /// Asks for a new token, once.
  virtual boost::asio::awaitable<SignIn> sign_in() = 0;
};

}  // namespace azrestored
