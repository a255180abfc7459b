#include "core/job/job.hpp"

#include <nlohmann/json.hpp>

namespace azrestored {

std::optional<Millis> duration_of_left_state(const Job& before, const Job& now) {
  if (before.state.index() == now.state.index()) return std::nullopt;
  return now.since - before.since;
}

Progress::Progress() = default;
Progress::~Progress() = default;
Progress::Progress(const Progress&) = default;
Progress::Progress(Progress&&) noexcept = default;
Progress& Progress::operator=(const Progress&) = default;
Progress& Progress::operator=(Progress&&) noexcept = default;

Job::Job() = default;
Job::~Job() = default;
Job::Job(const Job&) = default;
Job::Job(Job&&) noexcept = default;
Job& Job::operator=(const Job&) = default;
Job& Job::operator=(Job&&) noexcept = default;

}  // namespace azrestored
