// JSON that is kept and passed on, and never changed: copies share it. Null for none.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace azrestored {

using SharedJson = std::shared_ptr<const nlohmann::json>;

}  // namespace azrestored
