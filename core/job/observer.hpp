// The port for observers of changes: the log and the metrics; in tests the invariants.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/job/job.hpp"

namespace azrestored {

/// Receives everything worth a log line. Must not throw or call back.
class Observer {
 public:
  virtual ~Observer() = default;
  /// A job was saved. `line` is its history line. If the state changed, `stayed` is the time in the previous state.
  virtual void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) = 0;
  /// A failure that azrestored survived, or that needs an operator. `what` is a stable event name.
  virtual void notice(std::string_view what, const std::string& job_id, const std::string& sentence) = 0;
};

}  // namespace azrestored
