// A single job, as JobStore::insert() takes it.
#pragma once

#include <utility>
#include <vector>

#include "core/job/new_job.hpp"

namespace azrestored {

inline std::vector<NewEntry> one_entry(NewJob job, HistoryLine line) {
  std::vector<NewEntry> entries;
  entries.push_back({std::move(job), std::move(line)});
  return entries;
}

}  // namespace azrestored
