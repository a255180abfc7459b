// The fuzz targets. Each reads one kind of foreign input and checks its properties: accepted input is valid and
// survives writing and reading, and refused input gives a sentence. One function per target, each in its own file. It
// throws PropertyBroken if a property is violated, and otherwise returns.
#pragma once

#include <span>
#include <string_view>

namespace azrestored::fuzz {

struct Target {
  std::string_view name;  // also the name of its folders in corpus/ and regressions/
  void (*run)(std::string_view input);
};

/// In the order in which tests/fuzz.sh runs them: external input first.
std::span<const Target> targets();

void arm_answers(std::string_view input);
void arm_events(std::string_view input);
void arm_ids(std::string_view input);
void control_requests(std::string_view input);
void headers(std::string_view input);
void job_file(std::string_view input);
void settings(std::string_view input);
void sign_in(std::string_view input);
void spool_names(std::string_view input);
void stored_job(std::string_view input);
void texts(std::string_view input);
void times(std::string_view input);
void urls(std::string_view input);

}  // namespace azrestored::fuzz
