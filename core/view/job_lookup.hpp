// Finds the job that the operator named. One rule for the daemon and for azrestorectl without a daemon. Pure.
//
// The text may be an id, the beginning of an id (4 characters or more), or a name. An exact id always wins. Otherwise
// exactly one job must match. If several jobs share the name and one of them is not finished, that one is meant. In all
// other cases the error lists the ids: the command may be `cancel`, so azrestored does not guess.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored {

inline constexpr std::size_t shortest_id_prefix = 4;

/// The job that `text` names among `candidates` (in any order; jobs that do not match are skipped). not_found if none
/// matches; refused if several match, with a sentence that lists them.
Result<Job> find_job(std::string_view text, std::vector<Job> candidates);

/// The not_found of find_job(). Suggests the name of a `known` job that is spelt like `text`, if there is one.
Error no_such_job(std::string_view text, std::span<const Job> known);

}  // namespace azrestored
