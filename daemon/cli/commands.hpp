// The commands of azrestorectl: what each was asked to do (command_line.cpp fills these in) and the function that does
// it, in a file of its own. Each writes its result to the context's console and returns the code to exit with.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/instant.hpp"
#include "daemon/cli/context.hpp"

namespace azrestored::cli {

struct Submit {
  std::vector<std::string> files;
  std::string spool;  // "": as the settings say
};
struct Validate {
  std::vector<std::string> files;
};
struct List {
  std::string state;  // "": all
  int limit = 100;
};
struct Show {
  std::string job;
};
struct Watch {
  std::vector<std::string> jobs;  // empty: every job under way
  std::optional<Millis> timeout;
};
struct Events {
  std::string job;
};
struct Cancel {
  std::string job;
};
struct Status {};

using Command = std::variant<Submit, Validate, List, Show, Watch, Events, Cancel, Status>;

ExitCode run(Context& context, const Submit& command);
ExitCode run(Context& context, const Validate& command);
ExitCode run(Context& context, const List& command);
ExitCode run(Context& context, const Show& command);
ExitCode run(Context& context, const Watch& command);
ExitCode run(Context& context, const Events& command);
ExitCode run(Context& context, const Cancel& command);
ExitCode run(Context& context, const Status& command);

}  // namespace azrestored::cli
