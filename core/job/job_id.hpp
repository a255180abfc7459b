// The form of a job's id.
#pragma once

#include <string_view>

namespace azrestored {

/// True for a text of the form of a job id (a lower-case UUID): what azrestorectl names the files it submits.
bool is_job_id(std::string_view text);

}  // namespace azrestored
