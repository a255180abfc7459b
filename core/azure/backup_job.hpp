// One row of the vault's list of backup jobs.
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
  std::optional<Millis> duration{};  // until now, or of the finished job
};

}  // namespace azrestored
