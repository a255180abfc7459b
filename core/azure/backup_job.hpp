// A backup job (Azure's), as the vault's list shows it.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored {

struct JobRow {
  std::string azure_job_id;
  std::string status;
  std::string activity_id;
  std::string entity_friendly_name;
  std::optional<Millis> duration{};  // up to now, or of the whole job
};

}  // namespace azrestored
