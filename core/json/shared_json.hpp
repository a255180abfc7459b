// JSON that never changes once stored, so that copies share it. Null means none.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace azrestored {

using SharedJson = std::shared_ptr<const nlohmann::json>;

}  // namespace azrestored
