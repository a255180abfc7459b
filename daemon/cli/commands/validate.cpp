// azrestorectl validate: checks job files with the daemon's rules, without the daemon. Prints every fault of every
// file. With --online, if no file has a fault, tries them through the daemon.
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/commands/dry_run.hpp"
#include "daemon/cli/connect/job_files.hpp"

namespace azrestored::cli {

ExitCode run(Context& context, const Validate& command) {
  const Console& console = context.console();
  const auto files = read_job_files(command.files);
  const ExitCode code = exit_code_of_files(files);
  if (command.online && code == ExitCode::done) return try_job_files(context, files);
  for (const JobFile& file : files) {
    if (console.json()) {
      console.result(checked_file(file));
    } else {
      console.text(file.is_good() ? harmless(file.path) + ": ok\n" : faults_text(file));
    }
  }
  return code;
}

}  // namespace azrestored::cli
