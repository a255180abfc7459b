// Exit codes of azrestorectl: a contract with scripts (table in --help and azrestorectl(1)).
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

/// The code for a job in the state with this name.
ExitCode exit_code_of_state(std::string_view state);

/// The code for an error code (daemon/control/protocol.hpp, daemon/cli/terminal/failure.hpp).
ExitCode exit_code_of_error(std::string_view code);

/// The more urgent of two codes: the one that needs an operator more.
ExitCode worse(ExitCode a, ExitCode b);

/// The table that --help prints.
std::string exit_code_table();

}  // namespace azrestored::cli
