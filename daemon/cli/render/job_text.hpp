// A job as text for people. Made from the JSON that scripts get (core/view/job_view.hpp), so that both agree. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {

/// Length of an id where there is little room. Such a prefix can be typed in place of the id.
inline constexpr std::size_t short_id_length = 8;
std::string short_id(const nlohmann::json& job);

/// The daemon does nothing more with the job by itself.
bool is_at_rest(const nlohmann::json& job);

/// The job for output that is repeated or lists several jobs.
nlohmann::json without_history(nlohmann::json job);

/// "40 %", or "" if the job has no percentage.
std::string percent_text(const nlohmann::json& job);

/// Age of the time in that member, "1h 12m". "" if there is none.
std::string age_text(const nlohmann::json& job, std::string_view member, Instant now);

/// Why the job failed or is held, or what is not done in one that ended with warnings or findings. "" for other jobs:
/// an earlier problem of a job that continues is only in `show`.
std::string failure_text(const nlohmann::json& job);

/// Remaining time until the expected end and the source of the estimate: "2m 50s (Azure)", "due 3m ago (past runs)".
/// "" if there is no estimate.
std::string time_left_text(const nlohmann::json& job, Instant now);

/// Everything about a job, the most urgent facts first, the history last. Broken between words at `width` columns
/// (0: never).
std::string show_text(const nlohmann::json& details, Instant now, std::size_t width, bool colours);

/// Output of `explain` (daemon/cli/commands/explain.cpp): a few labelled lines, broken at `width` columns (0: never).
std::string explain_text(const nlohmann::json& reported, Instant now, std::size_t width, bool colours);

/// Azure's recommendations about `problem`, a line for each. They are general: while a restore of `job` may be running,
/// a line before them says that they are for later.
void add_recommendations(Fields& fields, std::string_view label, const nlohmann::json& problem,
                         const nlohmann::json& job);

/// A line with the time of a job's next action. `at_is`: what that time is (core/view/next_step.hpp). Without `at` none.
void add_time_of_next(Fields& fields, std::string_view at_is, const std::string& at);

/// The commands of a job (core/view/commands.hpp) below their purposes. Never broken, so that they can be copied.
std::string commands_text(const nlohmann::json& commands);

/// The lines of a job's history ("events"), each with its details below, broken like show_text().
std::string history_text(const nlohmann::json& events, std::size_t width);

}  // namespace azrestored::cli
