// Which job a person means by what they typed. One rule for the daemon and for azrestorectl without it. Pure.
//
// An exact id is that job. Otherwise the text may be the beginning of an id (4 characters or more) or a name; what fits
// one job means it. A name that several jobs share means the only one of them that is not finished; in every other case
// nobody guesses, for the next word may be "cancel": the answer lists the ids.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored {

inline constexpr std::size_t shortest_id_prefix = 4;

/// The job meant by `text` among `candidates` (in any order; jobs that do not fit are passed over).
/// not_found when none fits; refused when several do, with a sentence that lists them.
Result<Job> find_job(std::string_view text, std::vector<Job> candidates);

/// The not_found of find_job(), with the name that may have been meant, when one of the `known` jobs has one.
Error no_such_job(std::string_view text, std::span<const Job> known);

}  // namespace azrestored
