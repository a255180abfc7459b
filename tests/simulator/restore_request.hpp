// Judges the body of a restore POST: this simulator's own, strict reading of API.md 3.2 to 3.4. The real service is
// partly more lenient; being strict here means that a client's mistake is found in a test and not in a customer's
// vault.
#pragma once

#include <optional>
#include <string>

#include "json.hpp"
#include "world.hpp"

namespace azsim {

struct Refusal {
  std::string code, message;
};

/// What is to be restored, and which of the two roads is taken.
struct RestoreSource {
  const World& world;
  const VaultSpec& vault;
  const ItemSpec& item;
  const PointSpec& point;
  bool across_regions = false;
};

/// Nothing when the body is a good order for this recovery point. `body` is the whole parsed request body.
[[nodiscard]] std::optional<Refusal> judge_restore(const Json& body, const RestoreSource& source);
/// As above, for the order itself: the `properties` of such a body, the `restoreRequest` of others.
[[nodiscard]] std::optional<Refusal> judge_order(const Json& order, const RestoreSource& source);

}  // namespace azsim
