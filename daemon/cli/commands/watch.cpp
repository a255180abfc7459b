// azrestorectl watch: follows jobs until all are at rest (daemon/cli/connect/follow.hpp) and shows their progress.
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/commands/watch_view.hpp"
#include "daemon/cli/connect/follow.hpp"

namespace azrestored::cli {

ExitCode run(Context& context, const Watch& command) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  Client client(*socket);
  const JobList jobs = command.jobs.empty() ? jobs_under_way(client) : named_jobs(client, command.jobs);
  if (!jobs) return console.fail(jobs.error());
  if (jobs->empty()) {
    console.note("no job is in progress; `azrestorectl list` shows those that are finished or held");
    return ExitCode::done;
  }
  FollowOptions options;
  options.timeout = command.timeout;
  options.fresh = true;
  const auto view = make_watch_view(console, command.compact);
  return Follower(console, client, *jobs, options).follow(*view);
}

}  // namespace azrestored::cli
