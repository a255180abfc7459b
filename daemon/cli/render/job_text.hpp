// A job in words, for people: made of the JSON that scripts get (core/view/job_view.hpp), so that both always agree. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace azrestored::cli {

/// So much of an id is shown where there is little room; it may be typed for the whole.
inline constexpr std::size_t short_id_length = 8;
std::string short_id(const nlohmann::json& job);

/// The daemon does nothing with it on its own any more.
bool is_at_rest(const nlohmann::json& job);

/// The job as it is told again and again, or beside others.
nlohmann::json without_history(nlohmann::json job);

/// "40 %", or "" when the job has none.
std::string percent_text(const nlohmann::json& job);

/// How long ago the time in that member was, "1h 12m"; "" when there is none.
std::string age_text(const nlohmann::json& job, std::string_view member, Instant now);

/// Why the job failed or is held; "" for every other: what a job that goes on has outlived is in `show` only.
std::string failure_text(const nlohmann::json& job);

/// "2m 50s (Azure)", "due 3m ago (past runs)": what is left until the job's expected end, and who says so; "" when
/// nothing is expected.
std::string time_left_text(const nlohmann::json& job, Instant now);

/// Everything about a job, from what matters most at three in the morning down to its history. Broken between words at
/// `width` places (0: never).
std::string show_text(const nlohmann::json& details, Instant now, std::size_t width, bool colours);

/// What `explain` prints (daemon/cli/commands/explain.cpp): a few labelled lines, broken at `width` places (0: never).
std::string explain_text(const nlohmann::json& told, Instant now, std::size_t width, bool colours);

/// A job's history lines ("events"), a line each and its sentence below, broken as show_text().
std::string history_text(const nlohmann::json& events, std::size_t width);

}  // namespace azrestored::cli
