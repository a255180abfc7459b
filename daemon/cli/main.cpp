// azrestorectl, the command-line client of azrestored. Reads the command line, runs the command, exits with its code.
#include <exception>
#include <iostream>

#include "daemon/cli/command_line.hpp"

int main(int argc, char** argv) try {
  using namespace azrestored::cli;
  const auto read = read_command_line(argc, argv);
  if (const auto* code = std::get_if<ExitCode>(&read)) return static_cast<int>(*code);

  const auto& invocation = std::get<Invocation>(read);
  Context context(invocation.global);
  const auto chosen = [&context](const auto& command) { return run(context, command); };
  return static_cast<int>(std::visit(chosen, invocation.command));
} catch (const std::exception& bug) {
  std::cerr << "azrestorectl: unexpected error: " << bug.what() << std::endl;
  return static_cast<int>(azrestored::cli::ExitCode::failed);
}
