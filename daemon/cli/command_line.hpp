// From argv to a command: names, options and help texts of azrestorectl. The only file that knows CLI11.
#pragma once

#include <variant>

#include "daemon/cli/commands/commands.hpp"

namespace azrestored::cli {

struct Invocation {
  GlobalOptions global;
  Command command;
};

/// The command to run. Or an exit code: help or the version has been printed, or the command line is wrong and standard
/// error has the reason.
std::variant<Invocation, ExitCode> read_command_line(int argc, const char* const* argv);

}  // namespace azrestored::cli
