#include "core/view/job_lookup.hpp"

#include <algorithm>

#include "core/base/spelling.hpp"
#include "core/base/utf8.hpp"

namespace azrestored {
namespace {

constexpr std::size_t most_listed = 10;

/// The id, and what the operator needs to choose between several.
std::string described(const Job& job) {
  return job.id + " (" + job.name + ", " + std::string(state_name(job.state)) + " since " + to_rfc3339(job.since) + ")";
}

Error ambiguous(std::string_view text, std::vector<Job> fitting) {
  std::ranges::sort(fitting, std::ranges::greater{}, &Job::created_at);
  std::string sentence = "\"" + printable(text) + "\" matches several jobs; name one by its id: ";
  for (std::size_t i = 0; i < std::min(fitting.size(), most_listed); ++i) {
    if (i > 0) sentence += ", ";
    sentence += described(fitting[i]);
  }
  if (fitting.size() > most_listed) sentence += ", and more";
  return {ErrorKind::refused, std::move(sentence)};
}

}  // namespace

Error no_such_job(std::string_view text, std::span<const Job> known) {
  std::string sentence = "there is no job with the id or name \"" + printable(text) + "\"";
  if (text.size() < shortest_id_prefix) {
    sentence += " (an id may be shortened to no less than " + std::to_string(shortest_id_prefix) + " characters)";
  }
  std::vector<std::string_view> names;
  for (const Job& job : known) names.emplace_back(job.name);
  const std::string hint = did_you_mean(text, names);
  return {ErrorKind::not_found, sentence + (hint.empty() ? "; `azrestorectl list` shows the jobs" : hint)};
}

Result<Job> find_job(std::string_view text, std::vector<Job> candidates) {
  std::vector<Job> fitting;
  bool all_by_name = true;
  for (Job& job : candidates) {
    if (job.id == text) return std::move(job);
    const bool by_name = !text.empty() && job.name == text;
    const bool by_id = text.size() >= shortest_id_prefix && job.id.starts_with(text);
    if (!by_name && !by_id) continue;
    all_by_name = all_by_name && by_name;
    fitting.push_back(std::move(job));
  }
  if (fitting.empty()) return no_such_job(text, {});
  if (fitting.size() == 1) return std::move(fitting.front());
  if (all_by_name) {
    const auto unfinished = [](const Job& job) { return !is_final(job.state); };
    if (std::ranges::count_if(fitting, unfinished) == 1) return std::move(*std::ranges::find_if(fitting, unfinished));
  }
  return ambiguous(text, std::move(fitting));
}

}  // namespace azrestored
