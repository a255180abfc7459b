// The port to the sign-in. The daemon implements it with the methods of daemon/signin, tests with a fixed token.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "core/base/result.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// Access tokens for ARM. Many waiting jobs cause only one request for a new token.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  /// A token that is valid for at least some minutes, or the reason for none (the sentence contains no secret).
  virtual asio::awaitable<Result<std::string>> token() = 0;
  /// Azure refused this token. token() must not return it again.
  virtual void refused(const std::string& token) = 0;
};

}  // namespace azrestored
