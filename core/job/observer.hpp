// Who hears of changes: the log, the metrics; in tests the invariants.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/job/job.hpp"

namespace azrestored {

/// Told of everything worth a log line; must not fail and must not call back.
class Observer {
 public:
  virtual ~Observer() = default;
  /// A job was saved. `line` as it went into the history. When the job has left a state: `stayed` in it so long.
  virtual void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) = 0;
  /// Something was survived, or needs somebody: `what` is a stable event name, `sentence` says it.
  virtual void notice(std::string_view what, const std::string& job_id, const std::string& sentence) = 0;
};

}  // namespace azrestored
