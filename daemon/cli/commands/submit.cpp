// azrestorectl submit: checks job files, drops them into the spool under the ids of their future jobs, and waits until
// the daemon accepts them. If one file has a fault, none is dropped. Prints each id as soon as its file is in the
// spool: from then on the daemon owns the job, even if this program ends.
#include <chrono>
#include <optional>
#include <thread>

#include "core/json/fault.hpp"
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/commands/dry_run.hpp"
#include "daemon/cli/connect/client.hpp"
#include "daemon/cli/connect/job_files.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/connect/spool_drop.hpp"
#include "daemon/os/random_ids.hpp"

namespace azrestored::cli {
namespace {

// The daemon waits until a file has been unchanged for a second. The rest allows for a busy daemon.
constexpr auto longest_wait = std::chrono::seconds(10);
constexpr auto between_looks = std::chrono::milliseconds(100);

/// A file in the spool.
struct Dropped {
  std::string path;  // as given on the command line
  JobId id;
};

ExitCode refuse_all(const Console& console, const std::vector<JobFile>& files) {
  for (const JobFile& file : files) {
    if (!file.unreadable.empty()) console.fail({"usage", file.path + ": cannot be read: " + file.unreadable});
    for (const Fault& fault : file.faults) console.fail({"badJobFile", file.path + ": " + fault.text()});
  }
  console.note("nothing was submitted");
  return exit_code_of_files(files);
}

void print_dropped(const Console& console, const Dropped& dropped) {
  if (console.json()) {
    console.result({{"id", dropped.id}, {"file", dropped.path}});
  } else {
    console.text(dropped.id + "  " + harmless(dropped.path) + "\n");
  }
}

enum class Taken { all, refused, not_yet, nobody_to_ask, may_not_ask };

/// Waits until the daemon accepts the files. Prints why it rejects one.
class Handover {
 public:
  Handover(const Console& console, std::string socket, std::string spool, std::vector<Dropped> dropped)
      : console_(console), client_(std::move(socket)), spool_(std::move(spool)), waiting_(std::move(dropped)) {}

  Taken wait() {
    const auto deadline = std::chrono::steady_clock::now() + longest_wait;
    for (;;) {
      std::erase_if(waiting_, [this](const Dropped& dropped) { return is_settled(dropped); });
      if (unanswered_) {
        const bool forbidden = exit_code_of_error(unanswered_->code()) == ExitCode::not_authorised;
        return forbidden ? Taken::may_not_ask : Taken::nobody_to_ask;
      }
      if (waiting_.empty()) return any_refused_ ? Taken::refused : Taken::all;
      if (std::chrono::steady_clock::now() >= deadline) return any_refused_ ? Taken::refused : Taken::not_yet;
      std::this_thread::sleep_for(between_looks);
    }
  }

 private:
  bool is_settled(const Dropped& dropped) {
    if (unanswered_) return false;
    const Answer answer = client_.get(control_target({"jobs", dropped.id}));
    if (answer) return true;
    if (answer.error().code() != "notFound") {
      unanswered_ = answer.error();
      return false;
    }
    const auto sentences = refusal_in_spool(spool_, dropped.id);
    for (const std::string& sentence : sentences) {
      any_refused_ = true;
      console_.fail({"badJobFile", dropped.path + " was rejected by azrestored: " + sentence});
    }
    return !sentences.empty();
  }

  const Console& console_;
  Client client_;
  std::string spool_;
  std::vector<Dropped> waiting_;
  bool any_refused_ = false;
  std::optional<Failure> unanswered_;  // why the daemon cannot be asked
};

ExitCode conclude(const Console& console, Taken taken) {
  switch (taken) {
    case Taken::all:
      return ExitCode::done;
    case Taken::refused:
      return ExitCode::failed;
    case Taken::not_yet:
      console.note(
          "the files are in the spool, but azrestored has not accepted all of them within 10 seconds; it will do so "
          "later: see `azrestorectl list`, and `journalctl -u azrestored` for the reason");
      return ExitCode::done;
    case Taken::nobody_to_ask:
      console.note("the files are in the spool; azrestored accepts them when it runs");
      return ExitCode::done;
    case Taken::may_not_ask:
      console.note("the files are in the spool; only root and the user that azrestored runs as can see their jobs");
      return ExitCode::done;
  }
  return ExitCode::done;
}

}  // namespace

ExitCode run(Context& context, const Submit& command) {
  const Console& console = context.console();
  const auto files = read_job_files(command.files);
  if (const ExitCode code = exit_code_of_files(files); code != ExitCode::done) return refuse_all(console, files);
  if (command.dry_run) return try_job_files(context, files);

  std::string spool = command.spool;
  if (spool.empty()) {
    const auto settings = context.settings();
    if (!settings) return console.fail(settings.error());
    spool = settings->spool.directory;
  }
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());

  RandomIds ids;
  std::vector<Dropped> dropped;
  for (const JobFile& file : files) {
    const Dropped drop{file.path, ids.uuid()};
    const auto done = drop_into_spool(spool, drop.id, file.text);
    const bool is_there = done || done.error().kind() == ErrorKind::transient;
    if (is_there) print_dropped(console, drop);
    if (!done) {
      return console.fail(
          {"spool", done.error().sentence() +
                        (is_there ? "" : " (" + file.path + " and the files after it were not submitted)")});
    }
    dropped.push_back(drop);
  }
  return conclude(console, Handover(console, *socket, spool, std::move(dropped)).wait());
}

}  // namespace azrestored::cli
