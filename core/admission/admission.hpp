// Whose turn it is. How many restores may be under way at once in one subscription, in one vault, at one storage
// account and into one resource group, and in which order queued jobs begin: higher priority first, first come first
// served inside a priority; a job whose cap is full keeps back nobody whom that cap does not concern.
//
// Jobs that count against the same caps wait in one lane, so that whoever looks for the next job looks at the first of
// each lane and not at all jobs. Jobs already begun are never kept back, but count. Pure; values; any thread.
// The caps are ours: API.md 9.4 knows no limit of Azure's on restores at once. config/azrestored.json argues the
// defaults.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/admission/lane.hpp"
#include "core/admission/limits.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// A queued job's place in the order of all.
struct Turn {
  int priority = 0;
  Instant created_at{};
  JobId id;

  static Turn of(const Job& job) { return {job.priority, job.created_at, job.id}; }
};
bool comes_before(const Turn& a, const Turn& b);

/// The caps, and how many restores are under way that count against each.
class Admission {
 public:
  Admission() = default;  // the default caps; nothing is under way
  explicit Admission(const Caps& caps) : caps_(caps) {}

  /// Other caps from now on: whoever is under way stays so.
  void set_caps(const Caps& caps) { caps_ = caps; }

  /// The first cap that is full for jobs of this lane; none when the next of them may begin.
  [[nodiscard]] std::optional<Cap> full_cap(const Lane& lane) const;
  /// A job of this lane is under way from now on, or no longer.
  void began(const Lane& lane);
  void ended(const Lane& lane);

  /// So many active jobs have not sent their request yet. Past `most_preparing` no further job begins: what they wait
  /// for, shares of Azure's budget, would not come sooner, and waiting in the database costs no memory and keeps the
  /// order of turns open to whoever comes with a higher priority.
  void set_preparing(std::size_t count) { preparing_ = static_cast<int>(count); }
  [[nodiscard]] int may_begin() const { return std::max(0, most_preparing - preparing_); }
  static constexpr int most_preparing = 256;

  /// Places taken under this cap by whatever shares it with the lane.
  [[nodiscard]] int taken(Cap cap, const Lane& lane) const;
  [[nodiscard]] int places(Cap cap) const { return caps_.of(cap); }

 private:
  Caps caps_;
  int preparing_ = 0;
  std::array<std::map<std::string, int, std::less<>>, all_caps.size()> taken_;  // by the lanes' keys
};

struct LaneHead {
  Lane lane;
  Turn first;
};

/// Lets up to `limit` jobs begin, in their turn, and counts them. `heads`: the first job of each lane. `take` is told
/// of each that begins, and answers with the job behind it in its lane, if there is one.
void begin_in_turn(Admission& admission, std::vector<LaneHead> heads, int limit,
                   const std::function<std::optional<Turn>(const LaneHead&)>& take);

}  // namespace azrestored
