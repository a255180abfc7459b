// A job on its way into the store.
#pragma once

#include <string>

#include "core/job/job.hpp"

namespace azrestored {

/// A job as it enters the store.
struct NewJob {
  Job job;           // in state Queued, version 0
  std::string spec;  // the job file, verbatim
};

/// With the line that its history begins with.
struct NewEntry {
  NewJob added;
  HistoryLine line;
};

}  // namespace azrestored
