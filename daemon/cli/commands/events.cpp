// azrestorectl events: a job's history, oldest first. With --follow also the new lines until the job is at rest
// (daemon/cli/connect/follow.hpp).
#include "daemon/cli/commands/commands.hpp"

#include <nlohmann/json.hpp>
#include "daemon/cli/connect/follow.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

void print(const Console& console, const json& event) {
  if (console.json()) {
    console.result(event);
  } else {
    console.text(history_text(json::array({event}), output_width()));
  }
}

/// Prints new lines. A history only grows, so a count of the printed lines is enough.
class NewEvents final : public ProgressObserver {
 public:
  explicit NewEvents(const Console& console) : console_(console) {}

  void update(const std::vector<json>& jobs, Instant) override {
    const json& history = member_of(jobs.front(), "history");
    for (; printed_ < history.size(); ++printed_) print(console_, history[printed_]);
  }
  void remark(const std::string& sentence) override { console_.note(sentence); }
  void finish(const std::vector<json>&) override {}

 private:
  const Console& console_;
  std::size_t printed_ = 0;
};

}  // namespace

ExitCode run(Context& context, const Events& command) {
  const Console& console = context.console();
  if (command.follow) {
    NewEvents printer(console);
    return follow_named(context, {command.job}, FollowOptions(), printer);
  }
  const Answer answer = Jobs(context).get({"jobs", command.job, "events"});
  if (!answer) return console.fail(answer.error());
  for (const json& event : answer->at("events")) print(console, event);
  return ExitCode::done;
}

}  // namespace azrestored::cli
