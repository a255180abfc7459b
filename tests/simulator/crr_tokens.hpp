// The access tokens of cross-region restores (azure-backup-api.md 6): made from the secondary region's facts about a
// recovery point, issued once, and recognised when a client returns their details. The details must be equal in value;
// the order of members does not matter.
#pragma once

#include <map>
#include <string>

#include "dotnet_time.hpp"
#include "identifiers.hpp"
#include "json.hpp"
#include "state_file.hpp"

namespace azsim {

/// The restore that a token was issued for. Null pointers: no such token.
struct CrrTokenSubject {
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  const PointSpec* point = nullptr;
};

class CrrTokens {
 public:
  explicit CrrTokens(Identifiers& ids) : ids_(ids) {}

  /// The `properties` of a response to `accessToken`; valid until `expiry`.
  [[nodiscard]] Json issue(const CrrTokenSubject& subject, Instant expiry);

  enum class Verdict { good, unknown, changed, expired };
  struct Finding {
    Verdict verdict = Verdict::unknown;
    CrrTokenSubject subject;
  };
  [[nodiscard]] Finding judge(const Json& details, Instant now) const;

 private:
  struct Issued {
    std::string details;  // sorted_text
    Instant expiry;
    CrrTokenSubject subject;
  };
  Identifiers& ids_;
  std::map<std::string, Issued> issued_;  // by accessTokenString
};

/// JSON with sorted members: equal texts mean equal values, to the last digit of every number.
[[nodiscard]] std::string sorted_text(const Json& json);

}  // namespace azsim
