// A job to be inserted into the store.
#pragma once

#include <string>

#include "core/job/job.hpp"

namespace azrestored {

/// A job before its insert.
struct NewJob {
  Job job;           // in state Queued, version 0
  std::string spec;  // the job file, verbatim
};

/// A new job with the first line of its history.
struct NewEntry {
  NewJob added;
  HistoryLine line;
};

}  // namespace azrestored
