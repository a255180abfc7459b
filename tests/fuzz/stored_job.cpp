// A job's row in the database: the first line is the state's name, the second its members, the third the progress, both
// as JSON. A row is read, or refused with a sentence. A job that was read is stored again unchanged, can be shown and
// explained, and accepts an operator's command or refuses it with a sentence.
#include <nlohmann/json.hpp>

#include "core/job/decide.hpp"
#include "core/job/evolve.hpp"
#include "core/job/stored_job.hpp"
#include "tests/fuzz/message.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

using nlohmann::json;

const Instant now = *parse_rfc3339("2026-11-20T10:00:00Z");

void take(const Job& job, EventPayload what) {
  const Event event(std::move(what));
  const auto step = evolve(job, event, Policy{}, Moment{now, 0.5});
  if (step) return require_storable(step->job);
  require_sentence(step.error().sentence());
}

}  // namespace

void stored_job(std::string_view input) {
  const auto name = take_line(input);
  const json members = json::parse(take_line(input), nullptr, false);
  const json stored = json::parse(input, nullptr, false);
  if (members.is_discarded() || stored.is_discarded()) return;  // the store refuses it before it reads further
  const auto state = state_from_json(name, members);
  const auto progress = progress_from_json(stored);
  if (!state) require_sentence(state.error().sentence());
  if (!progress) require_sentence(progress.error().sentence());
  if (!state || !progress) return;
  Job job;
  job.id = "99999999-8888-4777-8666-555555555555";
  job.name = "drill";
  job.vault = {"sub", "vault-rg", "safe"};
  job.vm = "web01";
  job.created_at = job.since = job.not_before = now;
  job.state = *state;
  job.progress = *progress;
  require_storable(job);
  require_showable(job);
  (void)decide(job, now);
  take(job, CancelRequested{1000});
  take(job, HoldRequested{1000});
  take(job, ReleaseRequested{1000});
  take(job, RetryRequested{1000, true});
  take(job, DetailsRequested{});
  take(job, Interrupted{});
}

}  // namespace azrestored::fuzz
