// One run of the spool on a ModelDisk: producers drop files, a real SpoolInbox takes them, its process is killed or the
// power cut, it starts again, and in the end, with all faults over, the promises are looked at (spool_promises.cpp).
// Everything comes from the seed: one seed, one run, to the letter.
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
  bool has_folders = true;  // else the daemon makes the spool at its first start
  ModelDisk::Kind disk = ModelDisk::Kind::independent;
  /// One in so many system calls of the daemon sees a producer act just before it; 0: producers act between scans only.
  int act_rate = 4;
  /// At which call of which life the process ends, from 1; 0: at none.
  std::vector<int> ends;
  /// Whether a process that ends takes the power with it; without a value, by chance.
  std::optional<bool> by_power;
};

/// Anything may happen.
Plan random_plan(sim::Chance& chance);

class SpoolRun {
 public:
  SpoolRun(Plan plan, std::uint64_t seed);

  /// To the end; what was promised and is not so, or nullopt.
  std::optional<std::string> broken();

  /// Whether every end in the plan was reached: when not, there is no later call to end at.
  [[nodiscard]] bool reached_all_ends() const { return ends_reached_ == static_cast<int>(plan_.ends.size()); }

 private:
  void live(int end, int scans);
  void scan(SpoolInbox& inbox);
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
  bool is_ready_ = false;  // the daemon has started once: from now on somebody may rely on incoming/
  int calls_ = 0;          // of this life
  int end_ = 0;
  int ends_reached_ = 0;
};

/// What the end of a run has to show, all faults over and every file quiet.
struct Outcome {
  const ModelDisk& disk;
  const std::vector<Producer>& producers;
  const MemoryStore::Rows& rows;
};
/// The first promise that is broken, in a sentence.
std::optional<std::string> broken_promise(const Outcome& outcome);
/// Only whether a file became two jobs.
std::optional<std::string> taken_twice(const Outcome& outcome);

}  // namespace azrestored::power
