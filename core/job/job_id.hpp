// The form of a job's id.
#pragma once

#include <string_view>

namespace azrestored {

/// True if `text` has the form of a job id, a lower-case UUID. azrestorectl names the files it submits that way.
bool is_job_id(std::string_view text);

}  // namespace azrestored
