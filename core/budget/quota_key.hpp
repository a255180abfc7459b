// What Azure counts a request against (API.md 9.1, 9.2). Pure; reads nothing but the request's method and URL.
#pragma once

#include <optional>
#include <string>

#include "core/http/message.hpp"

namespace azrestored {

struct RateKey {
  std::string subscription;  // as in the URL
  std::string action;        // as ARM names it: "Microsoft.RecoveryServices/vaults/backupJobs/read"
  bool is_read = true;       // GET; anything else counts as a write of the subscription

  /// The action without its provider and its "/read", for people: "vaults/backupJobs".
  [[nodiscard]] std::string short_name() const;
};

/// nullopt for a URL that belongs to no subscription. The action is the path without the names of the things in it:
/// behind ".../providers/{namespace}" types and names take turns. Operations that are waited for with GET are reads.
std::optional<RateKey> rate_key_of(const HttpRequest& request);

}  // namespace azrestored
