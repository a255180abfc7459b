#include "core/job/state.hpp"

#include <algorithm>

#include "core/base/variant_names.hpp"

namespace azrestored {
namespace {

constexpr bool agree(const StateFacts& state) {
  switch (state.reported_as) {
    case ReportedAs::waiting:
      return state.group == Group::waiting;
    case ReportedAs::running:
    case ReportedAs::in_doubt:
      return state.group == Group::preparing || state.group == Group::open || state.group == Group::tracking;
    case ReportedAs::held:
      return state.group == Group::at_rest;
    case ReportedAs::done:
    case ReportedAs::done_with_warnings:
    case ReportedAs::failed:
    case ReportedAs::cancelled:
      return state.group == Group::final;
  }
  return false;
}
static_assert(std::ranges::all_of(all_states, agree), "the group of a state contradicts how it is reported");

template <class S>
concept UntrackedState = S::group != Group::tracking;

/// A state of Group::tracking without an overload of its own does not compile.
struct BackupJob {
  const Tracking* operator()(const Rehydrating& state) const { return &state.job; }
  const Tracking* operator()(const Tracking& state) const { return &state; }
  const Tracking* operator()(const Cancelling& state) const { return &state.job; }

  template <UntrackedState S>
  const Tracking* operator()(const S&) const {
    return nullptr;
  }
};

}  // namespace

const StateFacts& facts_of(const State& state) {
  return all_states.at(state.index());
}

const StateFacts* state_facts(std::string_view name) {
  const auto found = std::ranges::find(all_states, name, &StateFacts::name);
  return found == all_states.end() ? nullptr : &*found;
}

std::string_view state_name(const State& state) {
  return facts_of(state).name;
}

std::span<const std::string_view> state_names() {
  return names_of<State>;
}

std::vector<std::string_view> state_names(Group group) {
  std::vector<std::string_view> found;
  for (const StateFacts& state : all_states) {
    if (state.group == group) found.push_back(state.name);
  }
  return found;
}

bool is_final(const State& state) {
  return facts_of(state).group == Group::final;
}

bool is_at_rest(const State& state) {
  return is_at_rest(facts_of(state).group);
}

bool is_preparing(const State& state) {
  const Group group = facts_of(state).group;
  return group == Group::waiting || group == Group::preparing;
}

bool is_good_end(const State& state) {
  return is_good_end(facts_of(state).reported_as);
}

const Tracking* backup_job_of(const State& state) {
  return std::visit(BackupJob{}, state);
}

}  // namespace azrestored
