// The port to signing in.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "core/base/result.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// Access tokens for ARM. One request for a new token, however many jobs wait for it.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  /// A token that is good for at least a few minutes, or why there is none (the sentence holds no secret).
  virtual asio::awaitable<Result<std::string>> token() = 0;
  /// The service refused this token: do not hand it out again.
  virtual void refused(const std::string& token) = 0;
};

}  // namespace azrestored
