#include "persistence/sqlite/state_conditions.hpp"

#include <algorithm>

#include "core/job/state.hpp"

namespace azrestored {
namespace {

constexpr bool is_waiting(const StateFacts& state) {
  return state.group == Group::waiting;
}
static_assert(std::ranges::count_if(all_states, is_waiting) == 1 && Queued::group == Group::waiting,
              "the index job_waiting and the lanes hold one state");

constexpr bool is_waiting_or_at_rest(const StateFacts& state) {
  return is_waiting(state) || is_at_rest(state.group);
}

constexpr bool is_good(const StateFacts& state) {
  return is_good_end(state.reported_as);
}

/// ('failed', 'cancelled'): in the order of the variant, which is that of the schema.
template <class Predicate>
std::string names_sql(Predicate is_meant) {
  std::string names;
  for (const StateFacts& state : all_states) {
    if (!is_meant(state)) continue;
    names += names.empty() ? "('" : ", '";
    names += std::string(state.name) + "'";
  }
  return names + ")";
}

}  // namespace

std::string is_queued_sql() {
  return "state = '" + std::string(Queued::name) + "'";
}

std::string is_begun_sql() {
  return "state NOT IN " + names_sql(is_waiting_or_at_rest);
}

std::string is_good_end_sql() {
  return "state IN " + names_sql(is_good);
}

}  // namespace azrestored
