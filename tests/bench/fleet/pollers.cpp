#include <ctime>
#include <queue>

#include "tests/bench/fleet/clients.hpp"
#include "tests/support/chance.hpp"

namespace azrestored::bench {
namespace {

enum class Step { item, points, post, operation, job };

struct QueuePosition {
  Instant at{};
  std::uint64_t order = 0;
  int number = 0;
  bool operator<(const QueuePosition& other) const { return std::tie(other.at, other.order) < std::tie(at, order); }
};

class Pollers {
 public:
  Pollers(const Fleet& fleet, Limits limits, std::uint64_t seed, Millis interval)
      : fleet_(fleet),
        azure_(fleet, limits, seed),
        chance_(seed),
        interval_(interval),
        steps_(static_cast<std::size_t>(fleet.size()), Step::item) {}

  Outcome run() {
    const std::clock_t began = std::clock();
    Outcome outcome;
    outcome.began_at = dawn();
    outcome.known_at.assign(steps_.size(), Instant::max());
    for (int number = 0; number < fleet_.size(); ++number) again(number, dawn(), Millis(0));
    while (!turns_.empty()) {
      const QueuePosition turn = turns_.top();
      turns_.pop();
      if (const auto known = take(turn.number, turn.at))
        outcome.known_at[static_cast<std::size_t>(turn.number)] = *known;
    }
    take_truth(outcome, azure_);
    outcome.cpu_seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    return outcome;
  }

 private:
  /// The arrival of its next request, and the time that the request takes.
  void again(int number, Instant at, Millis wait) {
    turns_.push({at + wait + chance_.between(Millis(100), Millis(400)), order_++, number});
  }

  /// Makes one request; returns the time at which the end is known.
  std::optional<Instant> take(int number, Instant now) {
    Step& step = steps_[static_cast<std::size_t>(number)];
    const HttpResponse answer = azure_.serve(request_of(step, number), now);
    if (answer.status == 429) {
      again(number, now, std::chrono::seconds(std::stoi(std::string(answer.header("Retry-After").value_or("60")))));
      return std::nullopt;
    }
    const bool done = answer.body.find(R"("status":"Succeeded")") != std::string::npos ||
                      answer.body.find(R"("status":"Completed")") != std::string::npos;
    if (step == Step::job && done) return now;
    const bool polls = (step == Step::operation || step == Step::job) && !done;
    if (!polls) step = static_cast<Step>(static_cast<int>(step) + 1);
    again(number, now, step == Step::operation || polls ? interval_ : Millis(0));
    return std::nullopt;
  }

  HttpRequest request_of(Step step, int number) const {
    HttpRequest request;
    const std::string vault = FleetAzure::endpoint + fleet_.vault_id(fleet_.vault_of(number));
    const std::string item = vault + "/backupFabrics/Azure/protectionContainers/c%3B" + Fleet::vm_name(number) +
                             "/protectedItems/VM%3B" + Fleet::vm_name(number);
    const std::string digits = std::to_string(number);
    const std::string id = "0000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
    switch (step) {
      case Step::item:
        request.url = item;
        break;
      case Step::points:
        request.url = item + "/recoveryPoints";
        break;
      case Step::post:
        request.method = "POST";
        request.url = item + "/recoveryPoints/1/restore";
        break;
      case Step::operation:
        request.url = vault + "/backupOperations/b" + id;
        break;
      case Step::job:
        request.url = vault + "/backupJobs/a" + id;
        break;
    }
    request.url += "?api-version=2025-02-01";
    return request;
  }

  const Fleet& fleet_;
  FleetAzure azure_;
  sim::Chance chance_;
  const Millis interval_;
  std::vector<Step> steps_;
  std::priority_queue<QueuePosition> turns_;
  std::uint64_t order_ = 0;
};

}  // namespace

Instant dawn() {
  return Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
}

Outcome run_pollers(const Fleet& fleet, Limits limits, std::uint64_t seed, Millis interval) {
  return Pollers(fleet, limits, seed, interval).run();
}

}  // namespace azrestored::bench
