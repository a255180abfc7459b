// Exit codes of azrestorectl: a contract with scripts (--help and README show the table).
#pragma once

#include <string>
#include <string_view>

namespace azrestored::cli {

enum class ExitCode {
  done = 0,
  failed = 1,
  usage = 2,
  done_with_warnings = 3,
  not_authorised = 4,
  not_found = 5,
  still_running = 6,
  in_doubt_or_held = 7,
  cancelled = 8,
  unreachable = 9,
};

/// For a job in the state of that name.
ExitCode exit_code_of_state(std::string_view state);

/// For an error by its code (daemon/control/protocol.hpp, daemon/cli/terminal/failure.hpp).
ExitCode exit_code_of_error(std::string_view code);

/// The one of several jobs' codes to end with: the one that needs a person most.
ExitCode worse(ExitCode a, ExitCode b);

/// The table as --help prints it.
std::string exit_code_table();

}  // namespace azrestored::cli
