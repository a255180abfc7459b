// One run of the spool on a ModelDisk. Producers drop files and a real SpoolInbox takes them; a kill or a power cut
// ends its process, and it starts again. At the end, without faults, the run checks the promises (spool_promises.cpp).
// The seed decides everything: one seed, one run.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/power/model_calls.hpp"
#include "tests/power/producer.hpp"
#include "tests/support/chance.hpp"
#include "tests/support/spool_world.hpp"

namespace azrestored::power {

struct Plan {
  std::vector<Drop> drops;
  bool has_folders = true;  // otherwise the daemon creates the spool at its first start
  ModelDisk::Kind disk = ModelDisk::Kind::independent;
  /// Before one in `act_rate` system calls of the daemon a producer acts; 0: producers act between scans only.
  int act_rate = 4;
  /// At which call of each life the process ends, from 1; 0: at none.
  std::vector<int> ends;
  /// Whether the power fails when a process ends; without a value, at random.
  std::optional<bool> by_power;
};

/// Anything may happen.
Plan random_plan(sim::Chance& chance);

class SpoolRun {
 public:
  SpoolRun(Plan plan, std::uint64_t seed);

  /// Runs to the end. Returns the promise that was broken, or nullopt.
  std::optional<std::string> broken();

  /// Whether the run reached every end of the plan; if not, there is no later call to end at.
  [[nodiscard]] bool reached_all_ends() const { return ends_reached_ == static_cast<int>(plan_.ends.size()); }

 private:
  void live(int end, int scans);
  void scan(SpoolInbox& inbox, std::int64_t pause);
  void before_call();
  void end_life();
  void cut_power();
  void clear_accepted();
  void let_producers_act(int most);
  void let_one_act();
  [[nodiscard]] std::string settled_files() const;
  void note(std::string sentence);

  Plan plan_;
  sim::Chance chance_;
  ModelDisk disk_;
  std::vector<Producer> producers_;
  std::optional<std::string> broken_;

  asio::io_context loop_{1};
  SettableClock clock_{all_quiet};
  RememberingObserver observer_;
  MemoryStore rows_;
  TroubledStore store_{rows_};

  std::unique_ptr<ModelProcess> process_;
  bool is_ready_ = false;  // the daemon has started once: from now on producers may rely on incoming/
  int calls_ = 0;          // of this life
  int end_ = 0;
  int ends_reached_ = 0;
};

/// The state at the end of a run, without faults and with every file quiet.
struct Outcome {
  const ModelDisk& disk;
  const std::vector<Producer>& producers;
  const MemoryStore::Rows& rows;
};
/// The first broken promise, as a sentence.
std::optional<std::string> broken_promise(const Outcome& outcome);
/// Checks only whether a file became two jobs.
std::optional<std::string> taken_twice(const Outcome& outcome);

}  // namespace azrestored::power
