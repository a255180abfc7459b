// The names of the states, and what follows from a state alone. Stored names are never reused or renamed.
#include "core/job/job.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace azrestored {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<State>> names = {"queued",
                                                                            "resolving",
                                                                            "validating",
                                                                            "triggering",
                                                                            "in-doubt",
                                                                            "polling",
                                                                            "rehydrating",
                                                                            "tracking",
                                                                            "cancelling",
                                                                            "held",
                                                                            "succeeded",
                                                                            "succeeded-with-warnings",
                                                                            "succeeded-with-findings",
                                                                            "failed",
                                                                            "cancelled"};

}  // namespace

std::string_view state_name(const State& state) {
  return names.at(state.index());
}

std::span<const std::string_view> state_names() {
  return names;
}

bool is_final(const State& state) {
  return state.index() >= State(Succeeded{}).index();
}

bool is_at_rest(const State& state) {
  return is_final(state) || std::holds_alternative<Held>(state);
}

std::optional<Millis> time_in_state_left(const Job& before, const Job& now) {
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
