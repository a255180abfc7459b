#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

constexpr Target all[] = {
    {"arm_answers", arm_answers},
    {"arm_events", arm_events},
    {"headers", headers},
    {"job_file", job_file},
    {"control_requests", control_requests},
    {"sign_in", sign_in},
    {"stored_job", stored_job},
    {"settings", settings},
    {"times", times},
    {"urls", urls},
    {"arm_ids", arm_ids},
    {"spool_names", spool_names},
    {"texts", texts},
};

}  // namespace

std::span<const Target> targets() {
  return all;
}

}  // namespace azrestored::fuzz
