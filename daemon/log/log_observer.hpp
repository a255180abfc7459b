// Implements the Observer port: one log line for each report about a job.
#pragma once

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"

namespace azrestored {

class LogObserver final : public Observer {
 public:
  /// Logs "job.changed" as info, or as a warning if the job is now held or failed.
  void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) override;
  /// Logs a warning.
  void notice(std::string_view what, const std::string& job_id, const std::string& sentence) override;
};

}  // namespace azrestored
