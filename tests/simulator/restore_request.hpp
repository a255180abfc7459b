// Checks the body of a restore POST: the simulator's own, strict reading of azure-backup-api.md 3.2 to 3.4. The real
// service is partly more lenient. The strict reading finds a client's mistake in a test and not in a customer's vault.
#pragma once

#include <optional>
#include <string>

#include "json.hpp"
#include "world.hpp"

namespace azsim {

struct Refusal {
  std::string code, message;
};

/// What is restored, and in which of the two ways.
struct RestoreSource {
  const World& world;
  const VaultSpec& vault;
  const ItemSpec& item;
  const PointSpec& point;
  bool across_regions = false;
};

/// Nothing if the body is a valid restore request for this recovery point. `body` is the complete parsed request body.
[[nodiscard]] std::optional<Refusal> judge_restore(const Json& body, const RestoreSource& source);
/// As above, for the request itself: the `properties` of such a body, the `restoreRequest` of others.
[[nodiscard]] std::optional<Refusal> judge_order(const Json& order, const RestoreSource& source);

}  // namespace azsim
