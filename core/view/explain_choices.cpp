// explain(), state by state: what the operator can do. It names only commands that core/job/evolve_commands.cpp accepts
// in that state; a test applies each of them with evolve().
#include "core/azure/error_catalog.hpp"
#include "core/view/commands.hpp"
#include "core/view/explain.hpp"

namespace azrestored {
namespace {

class Choices {
 public:
  explicit Choices(const Job& job) : job_(job) {}

  std::vector<std::string> operator()(const Queued&) { return hold().cancel().all(); }
  std::vector<std::string> operator()(const Resolving&) { return hold().cancel().all(); }
  std::vector<std::string> operator()(const Validating&) { return hold().cancel().all(); }
  std::vector<std::string> operator()(const Triggering& state) {
    if (!state.sent) hold();
    return cancel().all();
  }
  std::vector<std::string> operator()(const InDoubt&) { return watch().cancel().all(); }
  std::vector<std::string> operator()(const Polling&) { return watch().cancel().all(); }
  std::vector<std::string> operator()(const Rehydrating&) { return watch().cancel_in_azure().all(); }
  std::vector<std::string> operator()(const Tracking&) { return watch().cancel_in_azure().all(); }
  std::vector<std::string> operator()(const Cancelling&) { return watch().all(); }
  std::vector<std::string> operator()(const Held& state) {
    if (!state.may_be_running) {
      add("release", "let the job continue");
      return cancel().all();
    }
    sentences_.emplace_back("check the vault's backup jobs in Azure for a restore of " + job_.vm);
    add("release", "search for the restore in Azure once more");
    add("retry", "if you made sure in Azure that no restore of the job runs, start a new attempt", " --nothing-runs");
    return all();
  }
  std::vector<std::string> operator()(const Succeeded&) { return result().all(); }
  std::vector<std::string> operator()(const SucceededWithWarnings&) { return result().all(); }
  std::vector<std::string> operator()(const SucceededWithFindings&) {
    result();
    sentences_.emplace_back(
        "fix the differences by hand, or submit a job for another restore: `azrestorectl submit FILE`");
    return all();
  }
  std::vector<std::string> operator()(const Failed&) {
    const ErrorAdvice* known = job_.progress.problem ? find_advice(job_.progress.problem->code) : nullptr;
    const auto fix = known == nullptr ? FixedBy::environment : fixed_by(*known);
    if (fix == FixedBy::job_file || fix == FixedBy::either) {
      sentences_.emplace_back(
          "fix the job file, check it against Azure with `azrestorectl validate --online FILE`, then submit it with "
          "`azrestorectl submit FILE`");
    }
    add("retry", fix == FixedBy::job_file
                     ? "retry with the same job file, if the cause was not in it; without a fix the same error comes"
                     : "retry with the same job file, as a new attempt with a new request id");
    return all();
  }
  std::vector<std::string> operator()(const Cancelled&) {
    add("retry", "start the job after all, as a new attempt");
    return all();
  }

 private:
  void add(const std::string& command, const std::string& purpose, const std::string& option = "") {
    sentences_.push_back(purpose + ": `azrestorectl " + command + " " + job_.id + option + "`");
  }
  Choices& hold() {
    if (job_.progress.attempts == 0) add("hold", "put the job on hold");
    return *this;
  }
  Choices& cancel() {
    if (!job_.progress.cancel_requested_at) add("cancel", "cancel the job");
    return *this;
  }
  Choices& cancel_in_azure() {
    if (job_.progress.options.cross_region.empty()) {
      add("cancel", "ask Azure to cancel the restore");
    } else {
      sentences_.emplace_back("only wait: Azure cannot cancel a cross-region restore");
    }
    return *this;
  }
  Choices& watch() {
    add("watch", "watch the job");
    return *this;
  }
  Choices& result() {
    if (has_template(job_)) sentences_.emplace_back("create a VM from the restored disks, with the commands below");
    add("show", "see what Azure reports about the result");
    return *this;
  }
  std::vector<std::string> all() { return std::move(sentences_); }

  const Job& job_;
  std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> choices_of(const Job& job) {
  Choices choices(job);
  return std::visit(choices, job.state);
}

}  // namespace azrestored
