// What azrestored does next with a job, and what the time of its next action means. In doubt that time is the next look
// into the vault; the earliest time at which the request could be sent again is another one. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"

namespace azrestored {

struct NextStep {
  /// What Job::not_before is the time of.
  enum class AtIs {
    step,   // of the action in `what`
    look,   // of the next search; what follows it depends on its result
    latest  // of a read for safety: the action comes as soon as the vault's job list calls for it
  };

  std::string what;  // one action; "" for a job at rest
  AtIs at_is = AtIs::step;
  std::string then;  // the consequence of the action, if it is not obvious; may be empty
  /// No restore request of this job is sent before this time. Only if one may be sent again.
  std::optional<Instant> request_not_before;
};

NextStep next_step_of(const Job& job);

/// "step", "look" or "latest": a value of `atIs` and `nextAtIs`.
std::string_view to_text(NextStep::AtIs at_is);

/// In doubt, the consequence of an empty search: "if none has appeared by 2026-11-20T10:01:00Z, ...".
std::string after_empty_search(const Job& job, const InDoubt& state);

}  // namespace azrestored
