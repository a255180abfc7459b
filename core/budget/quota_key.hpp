// The quota that a request counts against (azure-backup-api.md 9.1, 9.2). Pure: uses only the method and the URL.
#pragma once

#include <optional>
#include <string>

#include "core/http/message.hpp"

namespace azrestored {

struct QuotaKey {
  std::string subscription;  // as in the URL
  std::string action;        // ARM's name: "Microsoft.RecoveryServices/vaults/backupJobs/read"
  bool is_read = true;       // GET; anything else counts as a write of the subscription

  /// The action without its provider and "/read", for messages: "vaults/backupJobs".
  [[nodiscard]] std::string short_name() const;
};

/// nullopt for a URL without a subscription. The action is the path without resource names: after
/// ".../providers/{namespace}" types and names alternate. Polls of an operation are GETs and therefore reads.
std::optional<QuotaKey> quota_key_of(const HttpRequest& request);

}  // namespace azrestored
