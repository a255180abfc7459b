// The Observer port as log lines: what happens to jobs, told once.
#pragma once

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"

namespace azrestored {

class LogObserver final : public Observer {
 public:
  /// "job.changed": info; warning when the job is now held or failed.
  void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) override;
  /// Warning.
  void notice(std::string_view what, const std::string& job_id, const std::string& sentence) override;
};

}  // namespace azrestored
