// azrestorectl validate: checks job files as the daemon will, without one. Prints every fault of every file.
#include "daemon/cli/commands.hpp"
#include "daemon/cli/job_files.hpp"

namespace azrestored::cli {

ExitCode run(Context& context, const Validate& command) {
  const Console& console = context.console();
  const auto files = read_job_files(command.files);
  for (const JobFile& file : files) {
    if (console.json()) {
      console.result(checked_file(file));
    } else {
      console.text(file.is_good() ? harmless(file.path) + ": ok\n" : faults_text(file));
    }
  }
  return exit_code_of_files(files);
}

}  // namespace azrestored::cli
