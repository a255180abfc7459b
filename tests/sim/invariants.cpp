#include "tests/sim/invariants.hpp"
#include "core/admission/lane.hpp"
#include "core/job/stored_job.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace azrestored::sim {
namespace {

bool holds_secret(std::string_view text) {
  return text.find(secret_word) != std::string_view::npos;
}

/// Policy::max_attempts, as documented.
constexpr int most_unclear = 5;

/// Whether Azure agrees with the reported end of the job.
bool agrees(const std::string& state, const std::string& result) {
  if (state == "succeeded" || state == "succeeded-with-findings") return result == "Completed";
  if (state == "succeeded-with-warnings") return result == "CompletedWithWarnings";
  if (state == "failed") return result == "Failed";
  return state == "cancelled" && result == "Cancelled";
}

}  // namespace

void Invariants::violation(Invariant invariant, const std::string& job, const std::string& what) {
  broken_.push_back("I" + std::to_string(static_cast<int>(invariant)) + ", job " + job + ": " + what);
}

void Invariants::saved(const Job& before, const Job& after, const std::optional<HistoryLine>& line) {
  const std::string from(state_name(before.state));
  const std::string to(state_name(after.state));
  if (is_final(before.state)) {
    const bool again =
        to == "queued" && (from == "failed" || from == "cancelled") && line && line->cause == "retry-requested";
    if (!again) violation(Invariant::final, after.name, from + " was changed to " + to);
  }
  if (from != to && !line) violation(Invariant::history, after.name, "from " + from + " to " + to + " without a line");
  if (line && (line->from != from || line->to != to))
    violation(Invariant::history, after.name,
              "the line says " + line->from + " to " + line->to + " of " + from + " to " + to);
  if (after.version != before.version + 1)
    violation(Invariant::history, after.name,
              "a save made version " + std::to_string(after.version) + " of " + std::to_string(before.version));
  if (line) reported(line->detail);
  for (const char c : after.id + to + std::to_string(after.not_before.time_since_epoch().count())) {
    digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
}

void Invariants::reported(std::string_view sentence) {
  if (holds_secret(sentence)) violation(Invariant::no_secret, "?", std::string(sentence));
}

void Invariants::started(const std::string& job, int count) {
  if (count > 1) violation(Invariant::once, job, "restored " + std::to_string(count) + " times in one attempt");
}

void Invariants::let_in(const Job& job, const std::vector<Job>& under_way) {
  const Lane lane = Lane::of(job);
  for (const ConcurrencyLimit cap : all_concurrency_limits) {
    const auto shares = [&](const Job& each) { return Lane::of(each).key(cap) == lane.key(cap); };
    const auto count = lane.key(cap).empty() ? 0 : std::ranges::count_if(under_way, shares);
    if (count > caps_.of(cap))
      violation(Invariant::caps, job.name,
                "is number " + std::to_string(count) + " of " + std::string(setting_of(cap)));
  }
}

void Invariants::counted(std::size_t dropped, std::size_t rows) {
  if (dropped != rows)
    violation(Invariant::accounted_for, "?", std::to_string(dropped) + " files made " + std::to_string(rows) + " jobs");
}

void Invariants::ended(const Job& job, const std::vector<HistoryLine>& history,
                       const std::vector<TrueAttempt>& attempts) {
  const std::string state(state_name(job.state));
  if (!is_at_rest(job.state)) violation(Invariant::settles, job.name, "still " + state + " at the end");
  if (history.empty() || history.back().to != state)
    violation(Invariant::history, job.name, "is " + state + ", but its history ends in another state");
  if (holds_secret(state_to_json(job).dump()) || holds_secret(progress_to_json(job.progress).dump()))
    violation(Invariant::no_secret, job.name, "a secret is in its row");
  if (attempts.size() != job.progress.earlier.size() + 1)
    return violation(Invariant::once, job.name, "Azure saw other attempts than the row has");
  for (std::size_t i = 0; i < job.progress.earlier.size(); ++i) {
    const EarlierAttempt& earlier = job.progress.earlier[i];
    check_truth(job, earlier.state, earlier.problem, attempts[i]);
  }
  // A daemon that died around a POST cannot know that the POST was never sent.
  TrueAttempt last = attempts.back();
  last.unclear += static_cast<int>(std::ranges::count(history, "interrupted", &HistoryLine::cause));
  if (is_at_rest(job.state)) check_truth(job, state, job.progress.problem ? job.progress.problem->text() : "", last);
}

void Invariants::check_truth(const Job& job, const std::string& state, const std::string& problem,
                             const TrueAttempt& truth) {
  const auto lie = [&](const std::string& what) {
    violation(Invariant::truth, job.name, "reported as " + state + " (" + problem + "), but " + what);
  };
  if (state == "held") {
    const bool may_run = std::holds_alternative<Held>(job.state) && std::get<Held>(job.state).may_be_running;
    if (!may_run && !truth.restores.empty()) lie("a restore was started");
    // The model never loses anything, so no other reason to hold a job can be true.
    const bool by_person = problem.starts_with("HeldByPerson");
    const bool unclear = problem.starts_with("NoClearAnswer") && truth.unclear >= most_unclear;
    if (!by_person && !unclear) lie("Azure gave no reason, with " + std::to_string(truth.unclear) + " unclear answers");
    return;
  }
  if (truth.restores.empty()) {
    if (state == "cancelled") return;
    if (state == "failed" && truth.refusals > 0) return;
    return lie("Azure started nothing and refused nothing");
  }
  if (!agrees(state, truth.restores.front().result)) lie("in Azure: " + truth.restores.front().result);
}

}  // namespace azrestored::sim
