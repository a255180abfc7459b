// The commands of azrestorectl: for each a struct with its arguments, filled in by command_line.cpp, and a run() in a
// file of its own. run() writes the result to the context's console and returns the code to exit with.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/instant.hpp"
#include "daemon/cli/connect/context.hpp"

namespace azrestored::cli {

struct Submit {
  std::vector<std::string> files;
  std::string spool;  // "": spool.directory of the settings
  bool dry_run = false;
};
struct Validate {
  std::vector<std::string> files;
  bool online = false;
};
struct List {
  std::vector<std::string> states;  // empty: all
  std::string vault, vm;            // names; "": all
  std::optional<Instant> since;
  std::string sort = "age";  // or name, vm, vault, state
  bool reverse = false;
  int limit = 100;
  std::string after;  // a job; "": start with the first
};
struct Show {
  std::string job;
};
struct Watch {
  std::vector<std::string> jobs;  // empty: all jobs that are in progress
  std::optional<Millis> timeout;
  bool compact = false;
};
struct Wait {
  std::vector<std::string> jobs;
  std::optional<Millis> timeout;
};
struct Events {
  std::string job;
  bool follow = false;
};
struct Explain {
  std::string job;
};
struct Cancel {
  std::string job;
  bool yes = false;
};
struct Hold {
  std::string job;
};
struct Release {
  std::string job;
};
struct Retry {
  std::string job;
  bool nothing_runs = false;
  bool yes = false;
};
/// The vault of `vms` and `points`.
struct Vault {
  std::string id;
  std::string auth;    // "": the default profile
  std::string region;  // "": the vault's own
};
struct Vms {
  Vault vault;
};
struct Points {
  Vault vault;
  std::string vm;
  std::string before, after, not_older_than;  // in the form of the job file; "": not given
  std::vector<std::string> consistency, tier;
};
struct Spool {
  int limit = 100;  // files of each folder
};
struct Status {};
struct Doctor {
  std::vector<std::string> vaults;  // ARM ids
  std::string auth;                 // "": the default profile
};

using Command = std::variant<Submit, Validate, List, Show, Explain, Watch, Wait, Events, Cancel, Hold, Release, Retry,
                             Vms, Points, Spool, Status, Doctor>;

ExitCode run(Context& context, const Submit& command);
ExitCode run(Context& context, const Validate& command);
ExitCode run(Context& context, const List& command);
ExitCode run(Context& context, const Show& command);
ExitCode run(Context& context, const Explain& command);
ExitCode run(Context& context, const Watch& command);
ExitCode run(Context& context, const Wait& command);
ExitCode run(Context& context, const Events& command);
ExitCode run(Context& context, const Cancel& command);
ExitCode run(Context& context, const Hold& command);
ExitCode run(Context& context, const Release& command);
ExitCode run(Context& context, const Retry& command);
ExitCode run(Context& context, const Vms& command);
ExitCode run(Context& context, const Points& command);
ExitCode run(Context& context, const Spool& command);
ExitCode run(Context& context, const Status& command);
ExitCode run(Context& context, const Doctor& command);

}  // namespace azrestored::cli
