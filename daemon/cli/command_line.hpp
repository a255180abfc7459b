// From argv to a command: names, options and help texts of azrestorectl. The only file that knows CLI11.
#pragma once

#include <variant>

#include "daemon/cli/commands/commands.hpp"

namespace azrestored::cli {

struct Invocation {
  GlobalOptions global;
  Command command;
};

/// What to do; or the code to exit with, when help or the version was asked for and has been printed, or when the
/// command line is wrong, which has been said on standard error.
std::variant<Invocation, ExitCode> read_command_line(int argc, const char* const* argv);

}  // namespace azrestored::cli
