// The access tokens of cross-region restores (API.md 6): made from what the secondary region knows about a recovery
// point, handed out once, and recognised when their details come back. The details must come back equal in value; the
// order of members does not matter.
#pragma once

#include <map>
#include <string>

#include "dotnet_time.hpp"
#include "identifiers.hpp"
#include "json.hpp"
#include "state_file.hpp"

namespace azsim {

/// What a token was made for. Null pointers: no such token.
struct CrrTokenSubject {
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  const PointSpec* point = nullptr;
};

class CrrTokens {
 public:
  explicit CrrTokens(Identifiers& ids) : ids_(ids) {}

  /// The `properties` of an answer to `accessToken`; good until `expiry`.
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
