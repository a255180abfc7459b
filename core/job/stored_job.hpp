// What a row keeps of a job beside its columns, as JSON: the state's own members and the progress. Members are added and
// never renamed, so that rows of every earlier version can be read. The form itself: stored_job.cpp.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// The members of the job's state. A state in doubt has `postedAt_ms` as well, for earlier releases, from the progress.
nlohmann::json state_to_json(const Job& job);
Result<State> state_from_json(std::string_view name, const nlohmann::json& members);
nlohmann::json progress_to_json(const Progress& progress);
Result<Progress> progress_from_json(const nlohmann::json& json);

}  // namespace azrestored
