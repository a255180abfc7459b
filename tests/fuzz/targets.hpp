// The fuzz targets: each reads one kind of foreign input and checks what is promised of it, whatever the input: that
// what is accepted is valid and comes back from its written form, and that what is refused is told in a sentence.
// One function a target, in a file of its own; it throws PropertyBroken when a promise is broken, and returns
// otherwise.
#pragma once

#include <span>
#include <string_view>

namespace azrestored::fuzz {

struct Target {
  std::string_view name;  // also that of its folders in corpus/ and regressions/
  void (*run)(std::string_view input);
};

/// In the order in which tests/fuzz.sh runs them: what comes from outside first.
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
