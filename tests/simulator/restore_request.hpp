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

/// Nothing when the body is a good order for this recovery point. `body` is the whole parsed request body.
[[nodiscard]] std::optional<Refusal> judge_restore(const Json& body, const World& world, const VaultSpec& vault,
                                                   const ItemSpec& item, const PointSpec& point);

}  // namespace azsim
