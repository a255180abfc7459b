// What an answer says of the limits that its request counted against, as values: core/arm/rate_limit_headers.hpp reads it.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct RateLimitReport {
  /// The service refused the request (429).
  struct Refusal {
    std::optional<Millis> wait;    // as the service asks; nullopt when it names none
    std::optional<int> limit;      // requests an hour, when the refusal names it
    bool of_subscription = false;  // ARM's own limit, and not the provider's for one action
    std::string reason;            // in the service's words
  };

  std::optional<int> left;  // requests of this action that are left in the hour
  bool unmetered = false;   // ARM's general counter alone: the action has no limit of its own (API.md 9.2)
  std::optional<Refusal> refusal;
};

}  // namespace azrestored
