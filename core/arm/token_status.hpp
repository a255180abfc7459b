// How a sign-in profile stands, without the token itself: what is told to people and to Prometheus.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct TokenView {
  std::string profile;
  bool is_good = true;           // false: signing in fails
  std::optional<Instant> since;  // when the present token was had; nullopt: there is none
  std::optional<Instant> expires_at;
};

}  // namespace azrestored
