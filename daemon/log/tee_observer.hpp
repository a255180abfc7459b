// Passes every report to two observers.
#pragma once

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"

namespace azrestored {

class TeeObserver final : public Observer {
 public:
  /// Both outlive this.
  TeeObserver(Observer& first, Observer& second) : first_(first), second_(second) {}

  void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) override {
    first_.changed(job, line, stayed);
    second_.changed(job, line, stayed);
  }
  void notice(std::string_view what, const std::string& job_id, const std::string& sentence) override {
    first_.notice(what, job_id, sentence);
    second_.notice(what, job_id, sentence);
  }

 private:
  Observer& first_;
  Observer& second_;
};

}  // namespace azrestored
