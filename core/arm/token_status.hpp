// The status of a sign-in profile, without the token. For operators and for metrics.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct TokenStatus {
  std::string profile;
  bool is_good = true;           // false: the sign-in fails
  std::optional<Instant> since;  // when the current token was obtained; nullopt: there is none
  std::optional<Instant> expires_at;
};

}  // namespace azrestored
