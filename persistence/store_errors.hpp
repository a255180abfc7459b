// The refusals that all stores share. Their texts are defined once, so that callers and tests see the same with every
// store.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/base/utf8.hpp"
#include "core/job/job.hpp"

namespace azrestored::answers {

inline Error job_exists(const JobId& id) {
  return {ErrorKind::conflict, "job " + id + " already exists; nothing was changed"};
}

inline Error other_version(const Job& job) {
  return {ErrorKind::conflict, "job " + job.id + " is no longer at version " + std::to_string(job.version) +
                                   " because another change was saved first; nothing was saved"};
}

inline Error no_such_job(const JobId& id) {
  return {ErrorKind::not_found, "there is no job " + printable(id)};  // the id comes from the caller's request
}

inline constexpr int largest_list = 10'000;  // JobQuery::limit
inline constexpr int most_found = 10;        // JobStore::find: at most 10 by id, and 10 by name

inline Error bad_limit(int limit) {
  return {ErrorKind::refused, "a list of " + std::to_string(limit) + " jobs was requested; expected 1 to " +
                                  std::to_string(largest_list) + " jobs"};
}

inline bool is_good_limit(int limit) {
  return limit >= 1 && limit <= largest_list;
}

}  // namespace azrestored::answers
