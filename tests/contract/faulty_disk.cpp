// What the disk keeps, what it loses, and which calls fail.
#include "tests/contract/faulty_disk.hpp"
#include "core/json/fault.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <stdexcept>

namespace azrestored {
namespace {

constexpr std::size_t sector = 512;

void write_to(std::string& bytes, const FaultyDisk::Write& write) {
  if (write.cuts) return bytes.resize(write.offset);
  bytes.resize(std::max(bytes.size(), write.offset + write.bytes.size()));
  bytes.replace(write.offset, write.bytes.size(), write.bytes);
}

bool needs_room(FaultyDisk::Call call) {
  using Call = FaultyDisk::Call;
  return call == Call::make || call == Call::write || call == Call::sync || call == Call::truncate ||
         call == Call::grow_index;
}

bool changes_the_disk(FaultyDisk::Call call) {
  using Call = FaultyDisk::Call;
  return call == Call::make || call == Call::write || call == Call::sync || call == Call::truncate ||
         call == Call::remove;
}

}  // namespace

FaultyDisk::FaultyDisk(std::uint64_t seed) : chance(seed) {
  register_faulty_vfs(this);
}

FaultyDisk::~FaultyDisk() {
  register_faulty_vfs(nullptr);
}

void FaultyDisk::plan(const Trouble& trouble) {
  const std::lock_guard lock(mutex_);
  trouble_ = trouble;
  calls_to_fail_ = calls_to_end_ = faults_ = 0;
}

void FaultyDisk::end(bool by_power) {
  const std::lock_guard lock(mutex_);
  has_ended_ = true;
  ended_by_power_ = by_power;
}

void FaultyDisk::start() {
  const std::lock_guard lock(mutex_);
  if (ended_by_power_) lose_power();
  for (const auto& [name, file] : names_) file->index.clear();  // no user is left: SQLite creates it again
  has_ended_ = ended_by_power_ = false;
  trouble_ = Trouble();
}

bool FaultyDisk::has_ended() {
  const std::lock_guard lock(mutex_);
  return has_ended_;
}

int FaultyDisk::faults() {
  const std::lock_guard lock(mutex_);
  return faults_;
}

int FaultyDisk::calls_to_fail_at() {
  const std::lock_guard lock(mutex_);
  return calls_to_fail_;
}

int FaultyDisk::calls_to_end_at() {
  const std::lock_guard lock(mutex_);
  return calls_to_end_;
}

std::unique_lock<std::mutex> FaultyDisk::enter() {
  std::unique_lock lock(mutex_);
  ++callers_waiting_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !is_held_; });
  --callers_waiting_;
  return lock;
}

FaultyDisk::Fate FaultyDisk::fate_of(Call call) {
  if (changes_the_disk(call) && !has_ended_ && ++calls_to_end_ == trouble_.end_at) {
    has_ended_ = true;
    ended_by_power_ = trouble_.by_power;
  }
  if (has_ended_) return Fate::io_error;
  if (trouble_.fault == Fault::no_space && !needs_room(call)) return Fate::goes_well;
  ++calls_to_fail_;
  const int since = calls_to_fail_ - trouble_.fault_at;
  if (trouble_.fault_at == 0 || since < 0 || since >= trouble_.fault_count) return Fate::goes_well;
  ++faults_;
  return trouble_.fault == Fault::no_space ? Fate::no_space : Fate::io_error;
}

void FaultyDisk::apply(File& file, Write write) {
  write_to(file.bytes, write);
  file.unsynced.push_back(std::move(write));
}

void FaultyDisk::sync(File& file, bool fails) {
  if (fails) {
    if (chance.one_in(2)) file.unsynced.clear();
    return;
  }
  for (const Write& write : file.unsynced) write_to(file.durable, write);
  file.unsynced.clear();
  if (std::exchange(file.syncs_names, false)) sync_names();
}

void FaultyDisk::sync_names() {
  durable_names_ = names_;
  unsynced_names_.clear();
}

FaultyDisk::FilePtr FaultyDisk::find(const std::string& name) {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

FaultyDisk::FilePtr FaultyDisk::make(const std::string& name, bool syncs_names) {
  auto file = std::make_shared<File>();
  file->syncs_names = syncs_names;
  if (name.empty()) return file;  // SQLite's temporary files
  names_[name] = file;
  unsynced_names_.emplace_back(name, file);
  return file;
}

void FaultyDisk::remove(const std::string& name) {
  names_.erase(name);
  unsynced_names_.emplace_back(name, nullptr);
}

void FaultyDisk::lose_power() {
  lose_names();
  names_ = durable_names_;
  std::set<File*> files;
  for (const auto& [name, file] : names_) {
    if (files.insert(file.get()).second) lose_writes(*file);
  }
}

void FaultyDisk::lose_names() {
  const auto survivors = static_cast<std::size_t>(chance.below(static_cast<int>(unsynced_names_.size()) + 1));
  for (std::size_t i = 0; i < survivors; ++i) {
    const auto& [name, file] = unsynced_names_[i];
    if (file) {
      durable_names_[name] = file;
    } else {
      durable_names_.erase(name);
    }
  }
  unsynced_names_.clear();
}

void FaultyDisk::lose_writes(File& file) {
  const int kind = chance.below(4);
  const int first = chance.below(static_cast<int>(file.unsynced.size()) + 1);
  int number = 0;
  for (const Write& write : file.unsynced) {
    const bool survives = kind == 1 || (kind == 2 && number < first) || (kind == 3 && write.cuts && chance.one_in(2));
    ++number;
    if (survives) write_to(file.durable, write);
    if (kind != 3 || write.cuts) continue;
    for (std::size_t at = write.offset; at < write.offset + write.bytes.size();) {
      const std::size_t next = std::min((at / sector + 1) * sector, write.offset + write.bytes.size());
      const Write part{at, write.bytes.substr(at - write.offset, next - at)};
      if (chance.one_in(2)) write_to(file.durable, part);
      at = next;
    }
  }
  file.unsynced.clear();
  file.bytes = file.durable;
}

FaultyDisk::Hold::Hold(FaultyDisk& disk) : disk_(disk) {
  const std::lock_guard lock(disk_.mutex_);
  disk_.is_held_ = true;
}

FaultyDisk::Hold::~Hold() {
  {
    const std::lock_guard lock(disk_.mutex_);
    disk_.is_held_ = false;
  }
  disk_.changed_.notify_all();
}

void FaultyDisk::Hold::wait_for_caller() {
  std::unique_lock lock(disk_.mutex_);
  const auto is_there = [this] { return disk_.callers_waiting_ > 0; };
  if (!disk_.changed_.wait_for(lock, std::chrono::seconds(30), is_there)) throw std::runtime_error("nobody came");
}

}  // namespace azrestored
