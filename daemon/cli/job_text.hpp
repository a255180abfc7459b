// A job in words, for people: made of the JSON that scripts get (core/job_view.hpp), so that both always agree. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/instant.hpp"

namespace azrestored::cli {

/// A text member, or "" when it is absent, null or no text.
std::string text_of(const nlohmann::json& object, std::string_view member);

/// "40 %", or "" when the job has none.
std::string percent_text(const nlohmann::json& job);

/// How long ago the time in that member was, "1h 12m"; "" when there is none.
std::string age_text(const nlohmann::json& job, std::string_view member, Instant now);

/// Why the job failed or is held; "" for every other: what a job that goes on has outlived is in `show` only.
std::string failure_text(const nlohmann::json& job);

/// Everything about a job, from what matters most at three in the morning down to its history.
std::string show_text(const nlohmann::json& details, Instant now, bool colours);

/// What `explain` prints (explain.cpp): a few labelled lines, broken at `width` places (0: never).
std::string explain_text(const nlohmann::json& told, Instant now, std::size_t width, bool colours);

/// A job's history lines ("events"), a line each and its sentence below.
std::string history_text(const nlohmann::json& events);

}  // namespace azrestored::cli
