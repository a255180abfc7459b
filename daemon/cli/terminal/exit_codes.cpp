#include "daemon/cli/terminal/exit_codes.hpp"

#include <algorithm>
#include <array>

#include "core/view/job_view.hpp"

namespace azrestored::cli {
namespace {

struct Meaning {
  ExitCode code;
  const char* text;
};

constexpr std::array meanings{
    Meaning{ExitCode::done, "success"},
    Meaning{ExitCode::failed, "failed: the job, the command, (validate, submit) a job file, or (doctor) this machine"},
    Meaning{ExitCode::usage,
            "wrong usage: an option, an unreadable file or settings, a name that matches several jobs"},
    Meaning{ExitCode::done_with_warnings, "success with warnings, or with findings: not everything that was asked for"},
    Meaning{ExitCode::not_authorised,
            "not authorized: azrestored does not accept you, or Azure does not accept azrestored "
            "(vms, points, --dry-run, doctor)"},
    Meaning{ExitCode::not_found,
            "not found: no such job; or vault, VM or recovery point (vms, points, --dry-run, doctor)"},
    Meaning{ExitCode::still_running, "still running, or the time of --timeout is over (watch, wait)"},
    Meaning{ExitCode::in_doubt_or_held, "in doubt, or held for an operator"},
    Meaning{ExitCode::cancelled, "cancelled"},
    Meaning{ExitCode::unreachable, "azrestored cannot be reached; or (doctor) Azure"},
};

// Most urgent first. A failed job needs a new attempt, a held job needs an operator; the others can wait.
constexpr std::array by_urgency{ExitCode::failed,        ExitCode::in_doubt_or_held, ExitCode::not_found,
                                ExitCode::still_running, ExitCode::cancelled,        ExitCode::done_with_warnings,
                                ExitCode::done};

}  // namespace

ExitCode exit_code_of_state(std::string_view state) {
  return static_cast<ExitCode>(exit_code_of(state));
}

ExitCode exit_code_of_error(std::string_view code) {
  if (code == "notFound") return ExitCode::not_found;
  if (code == "notAuthorized") return ExitCode::not_authorised;
  if (code == "ambiguous" || code == "badRequest" || code == "usage") return ExitCode::usage;
  if (code == "unavailable" || code == "unreachable") return ExitCode::unreachable;
  return ExitCode::failed;
}

ExitCode worse(ExitCode a, ExitCode b) {
  return *std::ranges::find_first_of(by_urgency, std::array{a, b});
}

std::string exit_code_table() {
  std::string text = "Exit codes:\n";
  for (const auto& [code, meaning] : meanings) {
    text += "  " + std::to_string(static_cast<int>(code)) + "  " + meaning + "\n";
  }
  return text +
         "show, explain, watch, wait and events --follow exit with the job's code; for several jobs "
         "with the most urgent one.\n";
}

}  // namespace azrestored::cli
