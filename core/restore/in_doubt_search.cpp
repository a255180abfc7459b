#include "core/restore/in_doubt_search.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/azure/problem.hpp"
#include "core/base/case_folding.hpp"
#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// How far our clock and Azure's may differ. A restore that starts outside of the window would be started twice.
constexpr Millis clock_difference = std::chrono::hours(7 * 24);

/// Equal, or Azure has appended something to our id (azure-backup-api.md 11: compare by prefix, letter case apart).
bool is_ours(const JobRow& row, const std::string& request_id) {
  return !request_id.empty() && istarts_with(row.activity_id, request_id);
}

/// Each backup job once: a list that changes while it is read shows one on two pages.
std::vector<const JobRow*> ours_among(std::span<const JobRow> rows, const std::string& request_id) {
  std::vector<const JobRow*> ours;
  for (const JobRow& row : rows) {
    const auto is_same = [&](const JobRow* other) { return iequals(other->azure_job_id, row.azure_job_id); };
    if (is_ours(row, request_id) && std::ranges::none_of(ours, is_same)) ours.push_back(&row);
  }
  return ours;
}

}  // namespace

SearchWindow SearchWindow::around(Instant now, Instant posted_at) {
  SearchWindow window{now, now};
  window.widen_to(now);
  window.widen_to(posted_at);
  return window;
}

bool SearchWindow::covers(std::optional<Instant> azure_time) const {
  return !azure_time || (*azure_time >= from && *azure_time <= to);
}

void SearchWindow::widen_to(Instant at) {
  from = std::min(from, at - clock_difference);
  to = std::max(to, at + clock_difference);
}

Event searched(std::span<const JobRow> rows, const Job& job, const ListTimes& times) {
  const std::vector<const JobRow*> ours = ours_among(rows, job.progress.request_id);
  if (ours.empty()) return {SearchEmpty{times.began_at, times.azure_time}};
  if (ours.size() > 1) {
    std::vector<std::string> ids;
    for (const JobRow* row : ours) ids.push_back(row->azure_job_id);
    return {SearchContradicted{internal_problem(
        "SeveralJobs", "backup jobs " + join_and(ids) + " all carry our request id " + job.progress.request_id)}};
  }
  const JobRow& found = *ours.front();
  const std::string vm = job.progress.item ? last_segment(job.progress.item->source_resource_id) : "";
  if (!vm.empty() && !found.entity_friendly_name.empty() && !same_name(found.entity_friendly_name, vm)) {
    return {SearchContradicted{internal_problem("ForeignJob", "backup job " + found.azure_job_id +
                                                                  " carries our request id, but restores " +
                                                                  found.entity_friendly_name + " instead of " + vm)}};
  }
  return {SearchFound{found.azure_job_id, found.status}};
}

}  // namespace azrestored
