// The JSON bodies of the service, old or new spelling by api-version (API.md 1.4, 2.3, 2.4, 4.4, 4.6, 5.4, 5.5, 12.1).
// Pure functions from the world's values to JSON.
#pragma once

#include <string>
#include <string_view>

#include "json.hpp"
#include "world.hpp"

namespace azsim {

/// True for api-version `version` of year-month-day `first` or later; a "-preview" tail does not matter.
[[nodiscard]] bool since(std::string_view version, std::string_view first);

[[nodiscard]] std::string item_path(const VaultSpec& vault, const ItemSpec& item);

[[nodiscard]] Json error_body(const std::string& code, const std::string& message);
[[nodiscard]] Json vault_body(const VaultSpec& vault);
[[nodiscard]] Json item_body(const VaultSpec& vault, const ItemSpec& item, const std::string& base_url);
/// `detail`: the answer of the single get, which fills the disk lists and lacks recoveryPointProperties.
[[nodiscard]] Json point_body(const VaultSpec& vault, const ItemSpec& item, const PointSpec& point,
                              std::string_view version, bool detail);
[[nodiscard]] Json operation_body(const Operation& operation, OperationPhase phase);
/// `detail`: with extendedInfo, which list rows lack.
[[nodiscard]] Json job_body(const Job& job, std::string_view version, bool detail, Instant now);

}  // namespace azsim
