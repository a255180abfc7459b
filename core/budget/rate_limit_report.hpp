// What a response reports about rate limits, as values. core/arm/rate_limit_headers.hpp reads it.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct RateLimitReport {
  /// Azure refused the request (429).
  struct Refusal {
    std::optional<Millis> wait;    // the wait that Azure asks for; nullopt if it names none
    std::optional<int> limit;      // requests an hour, if the refusal names it
    bool of_subscription = false;  // ARM's limit for the subscription, not the provider's for one action
    std::string reason;            // in Azure's words
  };

  std::optional<int> left;  // remaining requests of this action in the window
  bool unmetered = false;   // only ARM's general counter: the action has no limit of its own
  std::optional<Refusal> refusal;
};

}  // namespace azrestored
