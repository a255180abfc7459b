// The JSON columns of a job's row: the members of the state, and the progress. Members are added and never renamed, so
// rows of every earlier version stay readable. The form: stored_job.cpp.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// The members of the job's state. An in-doubt state also has `postedAt_ms` from the progress, for earlier releases.
nlohmann::json state_to_json(const Job& job);
/// `corrupt` if the state is unknown or a member is missing or wrong.
Result<State> state_from_json(std::string_view name, const nlohmann::json& members);
nlohmann::json progress_to_json(const Progress& progress);
/// `corrupt` if a member is missing or wrong.
Result<Progress> progress_from_json(const nlohmann::json& json);

}  // namespace azrestored
