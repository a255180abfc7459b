// The lives of a daemon's spool, and a last life without faults.
#include "tests/power/spool_run.hpp"

#include <chrono>
#include <utility>

namespace azrestored::power {
namespace {

constexpr std::int64_t start_ns = 1'795'680'000'000'000'000;
constexpr std::int64_t call_ns = 10'000;          // the time of a system call
constexpr std::int64_t pause_ns = 1'500'000'000;  // between scans: a file that did not change meanwhile is quiet
/// Longer than all lives with faults together: until then a half-written file is waited for.
constexpr std::chrono::seconds settle_time(60);
constexpr std::int64_t long_pause_ns = 61'000'000'000;
constexpr int most_calls_before_end = 120;

const std::vector<std::string> names = {"a.json", "b.json", "c.json", "6ba7b810-9dad-41d1-80b4-00c04fd430c8.json",
                                        "6ba7b810-9dad-41d1-80b4-00c04fd430c9.json"};

/// Different for every file, so that a file that is found can be matched with the one that was dropped.
std::string text_of(std::size_t number, const Drop& drop) {
  const std::string mark = "drop-" + std::to_string(number);
  if (!drop.is_good) return "{\"vault\": \"" + mark + "\"}";
  std::string text = "{\n  \"name\": \"" + mark + "\"," + good_job().substr(1);
  text.pop_back();  // the newline: a file that has lost bytes is never complete without it
  return text;
}

std::vector<Producer> producers_of(const std::vector<Drop>& drops) {
  std::vector<Producer> producers;
  for (const Drop& drop : drops) producers.emplace_back(drop, text_of(producers.size(), drop), producers.size());
  return producers;
}

}  // namespace

Plan random_plan(sim::Chance& chance) {
  Plan plan;
  plan.has_folders = !chance.one_in(4);
  plan.disk = chance.one_in(3) ? ModelDisk::Kind::ordered : ModelDisk::Kind::independent;
  plan.act_rate = chance.one_in(3) ? 0 : 2 + chance.below(10);
  const bool names_clash = chance.one_in(3);
  for (int n = 1 + chance.below(4); n > 0; --n) {
    Drop drop;
    drop.name = names[names_clash ? static_cast<std::size_t>(chance.below(2)) : plan.drops.size()];
    drop.is_good = !chance.one_in(4);
    if (chance.one_in(4)) drop.way = chance.one_in(2) ? Drop::Way::not_synced : Drop::Way::in_place;
    plan.drops.push_back(drop);
  }
  for (int n = 1 + chance.below(3); n > 0; --n) plan.ends.push_back(1 + chance.below(most_calls_before_end));
  return plan;
}

SpoolRun::SpoolRun(Plan plan, std::uint64_t seed)
    : plan_(std::move(plan)), chance_(seed), disk_(plan_.disk, start_ns), producers_(producers_of(plan_.drops)) {
  store_.on_insert = [this] { before_call(); };
  if (!plan_.has_folders) return;
  is_ready_ = true;
  disk_.make_folder(disk_.root(), "spool");
  const InodePtr spool = disk_.find(disk_.root(), "spool");
  for (const char* name : {"incoming", "claimed", "accepted", "rejected"}) disk_.make_folder(spool, name);
  disk_.sync(*spool);
  disk_.sync(*disk_.root());
}

std::optional<std::string> SpoolRun::broken() {
  for (const int end : plan_.ends) live(end, 1 + chance_.below(3));
  let_producers_act(1000);
  live(0, 4);
  const Outcome outcome{disk_, producers_, rows_.rows()};
  if (!broken_) broken_ = broken_promise(outcome);
  if (!broken_) return std::nullopt;
  // A file that came back may not be taken at once, because its second name is in accepted/. Clear that folder first.
  clear_accepted();
  live(0, 2);
  const std::optional<std::string> twice = taken_twice(outcome);
  return twice ? twice : broken_;
}

void SpoolRun::clear_accepted() {
  const InodePtr accepted = disk_.find(disk_.root(), "spool/accepted");
  while (accepted && !accepted->names.empty()) disk_.unlink(accepted, accepted->names.begin()->first);
}

/// From a start to an end at call `end`, or to a clean stop after some scans.
void SpoolRun::live(int end, int scans) {
  calls_ = 0;
  end_ = end;
  process_ = std::make_unique<ModelProcess>(disk_, [this] { before_call(); });
  store_.insert_fails = store_.load_fails = false;
  try {
    SpoolInbox::Options options;
    options.settle_time = settle_time;
    SpoolInbox inbox(
        loop_.get_executor(), model_root + "spool", store_, chance_, {clock_, clock_}, observer_, [] {}, options);
    is_ready_ = true;
    // In the last life the late scans find what no producer completes, and refuse it.
    for (int i = 0; i < scans && !process_->is_dead(); ++i) scan(inbox, end == 0 && i >= 2 ? long_pause_ns : pause_ns);
  } catch (const std::exception& failure) {
    if (!process_->is_dead()) note(std::string("a scan failed without a fault: ") + failure.what());
  }
  end_life();
  process_.reset();
}

void SpoolRun::scan(SpoolInbox& inbox, std::int64_t pause) {
  let_producers_act(chance_.below(12));
  disk_.now_ns += pause;
  clock_.stopped_at = Instant(Millis(disk_.now_ns / 1'000'000));
  run_to_end(loop_, inbox.scan_once());
}

/// Runs before each system call and each insertion. Everything that happens "just then" happens here.
void SpoolRun::before_call() {
  disk_.now_ns += call_ns;
  if (++calls_ == end_) {
    ++ends_reached_;
    process_->die();
    store_.insert_fails = store_.load_fails = true;  // a process that has ended stores nothing
    return;
  }
  if (plan_.act_rate > 0 && end_ > 0 && chance_.one_in(plan_.act_rate)) let_one_act();
}

/// A kill loses nothing that was done. After a clean stop all work is done, and must stay done after a power cut.
void SpoolRun::end_life() {
  const bool cuts_power = plan_.by_power.value_or(!chance_.one_in(3));
  if (!cuts_power) return;
  const std::string settled = settled_files();
  cut_power();
  if (!process_->is_dead() && settled != settled_files()) {
    note("a power cut changed what a finished scan had done, from\n" + settled + "to\n" + settled_files());
  }
}

void SpoolRun::cut_power() {
  disk_.cut_power(chance_);
  for (Producer& producer : producers_) producer.lose_power();
}

void SpoolRun::let_producers_act(int most) {
  for (int i = 0; i < most; ++i) let_one_act();
}

void SpoolRun::let_one_act() {
  const InodePtr incoming = disk_.find(disk_.root(), "spool/incoming");
  if (!is_ready_ || !incoming) return;
  const std::size_t first = static_cast<std::size_t>(chance_.below(static_cast<int>(producers_.size())));
  for (std::size_t i = 0; i < producers_.size(); ++i) {
    Producer& producer = producers_[(first + i) % producers_.size()];
    if (producer.is_done()) continue;
    if (const InodePtr victim = producer.victim(incoming)) {
      for (Producer& other : producers_) {
        if (other.file() == victim) other.lose_file();
      }
    }
    return producer.act(disk_, incoming);
  }
}

/// The content of the folders that only azrestored uses.
std::string SpoolRun::settled_files() const {
  std::string files;
  for (const std::string folder : {"claimed", "accepted", "rejected"}) {
    const InodePtr place = disk_.find(disk_.root(), "spool/" + folder);
    if (!place) continue;
    for (const auto& [name, inode] : place->names) {
      if (name.starts_with('.')) continue;  // a reason that was never finished
      files += "  " + folder + "/" + name;
      if (name.ends_with(".reason")) files += " (" + std::to_string(inode->bytes.size()) + " bytes)";
      files += "\n";
    }
  }
  return files;
}

void SpoolRun::note(std::string sentence) {
  if (!broken_) broken_ = std::move(sentence);
}

}  // namespace azrestored::power
