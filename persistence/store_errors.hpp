// What every store says no to, worded once: callers and tests see the same answers whichever store they run on.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/base/utf8.hpp"
#include "core/job/job.hpp"

namespace azrestored::answers {

inline Error job_exists(const JobId& id) {
  return {ErrorKind::conflict, "job " + id + " is stored already; nothing was changed"};
}

inline Error other_version(const Job& job) {
  return {ErrorKind::conflict, "job " + job.id + " is not at version " + std::to_string(job.version) +
                                   " any more, somebody else changed it first; nothing was saved"};
}

inline Error no_such_job(const JobId& id) {
  return {ErrorKind::not_found, "there is no job " + printable(id)};  // as somebody asked for it
}

inline constexpr int largest_list = 10'000;  // JobQuery::limit
inline constexpr int most_found = 10;        // JobStore::find, by id and by name each

inline Error bad_limit(int limit) {
  return {ErrorKind::refused, "a list of " + std::to_string(limit) + " jobs was asked for; 1 to " +
                                  std::to_string(largest_list) + " can be had at once"};
}

inline bool is_good_limit(int limit) {
  return limit >= 1 && limit <= largest_list;
}

}  // namespace azrestored::answers
