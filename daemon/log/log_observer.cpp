#include "daemon/log/log_observer.hpp"

#include <vector>

#include "daemon/log/log.hpp"

namespace azrestored {

void LogObserver::changed(const Job& job, const HistoryLine& line, std::optional<Millis>) {
  std::vector<log::Field> fields{
      {"job", job.id}, {"name", job.name}, {"from", line.from}, {"to", line.to}, {"cause", line.cause}};
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) fields.emplace_back(name, value);
  };
  add("detail", line.detail);
  if (line.http_status != 0) fields.emplace_back("http_status", line.http_status);
  add("azure_request_id", line.azure_request_id);
  add("azure_correlation_id", line.azure_correlation_id);
  const ReportedAs reported_as = facts_of(job.state).reported_as;
  const bool needs_somebody = reported_as == ReportedAs::held || reported_as == ReportedAs::failed ||
                              reported_as == ReportedAs::done_with_warnings;
  log::event(needs_somebody ? log::Level::warning : log::Level::info, "job.changed", fields);
}

void LogObserver::notice(std::string_view what, const std::string& job_id, const std::string& sentence) {
  log::event(log::Level::warning, what, {{"job", job_id}, {"detail", sentence}});
}

}  // namespace azrestored
