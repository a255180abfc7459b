// azrestorectl wait: silent until the jobs are at rest (daemon/cli/connect/follow.hpp), then a line for each with its
// state. For scripts: it causes no reads of Azure.
#include "daemon/cli/commands/commands.hpp"

#include <nlohmann/json.hpp>
#include "daemon/cli/connect/follow.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

class Waiter final : public ProgressObserver {
 public:
  explicit Waiter(const Console& console) : console_(console) {}

  void update(const std::vector<json>&, Instant) override {}
  void remark(const std::string& sentence) override { console_.note(sentence); }
  void finish(const std::vector<json>& jobs) override {
    Table table({{"ID"}, {"NAME", Table::Fit::cut}, {"STATE"}, {"WHY", Table::Fit::optional, 20}});
    for (const json& job : jobs) {
      const std::string state = text_of(job, "state");
      if (console_.json()) {
        console_.result(without_history(job));
      } else {
        table.add({text_of(job, "id"), text_of(job, "name"), {state, colour_of_state(state)}, failure_text(job)});
      }
    }
    if (!console_.json()) console_.table(table, false);
  }

 private:
  const Console& console_;
};

}  // namespace

ExitCode run(Context& context, const Wait& command) {
  FollowOptions options;
  options.timeout = command.timeout;
  Waiter waiter(context.console());
  return follow_named(context, command.jobs, options, waiter);
}

}  // namespace azrestored::cli
