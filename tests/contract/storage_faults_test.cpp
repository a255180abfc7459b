// Whatever the disk does, the caller learns of a save that failed, and confirmed changes are in the database
// afterwards. The real store runs over a disk in memory (faulty_disk.hpp). Method: the first, second, third ... SQLite
// call that can fail does fail, once with EIO, or for some time with ENOSPC. The process ends at the first, second,
// third ... call that changes something, by a kill and by power cuts. Then faults and ends are combined at random.
// storage_run.hpp states and checks the promises. A failure prints how to repeat it.
//
// AZRESTORED_STRIDE=N tries every N-th call only; AZRESTORED_SEEDS=N tries N seeds for each power cut.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "core/json/fault.hpp"
#include "tests/contract/storage_run.hpp"

namespace azrestored {
namespace {

using Fault = FaultyDisk::Fault;
using Trouble = FaultyDisk::Trouble;

constexpr int most_calls = 100'000;  // far more than a run makes

int number_from(const char* variable, int otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoi(text);
}

class StorageFaults : public testing::Test {
 protected:
  /// Returns whether the run reached all its planned trouble and kept every promise.
  bool try_out(const Trouble& trouble, int seed) {
    StorageRun run(path_, trouble, static_cast<std::uint64_t>(seed));
    ++runs_;
    const std::optional<std::string> broken = run.broken();
    EXPECT_FALSE(broken) << *broken << "\n  fault " << (trouble.fault == Fault::io_error ? "EIO" : "ENOSPC")
                         << " at call " << trouble.fault_at << ", " << trouble.fault_count << " times; "
                         << (trouble.by_power ? "power cut" : "kill") << " at change " << trouble.end_at << "; seed "
                         << seed;
    const bool had_fault = trouble.fault_at == 0 || run.met_its_fault();
    const bool had_end = trouble.end_at == 0 || run.met_its_end();
    return had_fault && had_end && !HasFailure();
  }

  /// Tries every call until none is left.
  void try_every(Trouble trouble, int Trouble::*call, int seed, const std::string& what) {
    int tried = 0;
    for (int at = 1 + seed % stride_; at < most_calls; at += stride_) {
      trouble.*call = at;
      if (!try_out(trouble, seed)) break;
      ++tried;
    }
    std::cout << what << ": " << tried << " calls\n";
    EXPECT_GT(tried, 200 / stride_) << "the disk was hardly used: is its VFS the default one?";
  }

  ~StorageFaults() override {
    if (runs_ > 0) std::cout << runs_ << " runs\n";
  }

  const int stride_ = number_from("AZRESTORED_STRIDE", AZRESTORED_STRIDE);
  const int seeds_ = number_from("AZRESTORED_SEEDS", AZRESTORED_SEEDS);
  test::TempDir folder_;
  std::string path_ = folder_ / "jobs.db";
  int runs_ = 0;
};

TEST_F(StorageFaults, WithoutTroubleNothingFails) {
  for (int seed = 0; seed < 10; ++seed) try_out(Trouble(), seed);
}

TEST_F(StorageFaults, ACallThatFailsOnceIsKnownAndTheStoreGoesOn) {
  for (int seed = 0; seed < 2; ++seed) {
    Trouble trouble;
    trouble.by_power = seed == 1;
    try_every(trouble, &Trouble::fault_at, seed, "EIO once");
  }
}

// An operator who reads "damaged" deletes the database or restores an old one, and loses the record of restores that
// must not start twice.
TEST_F(StorageFaults, AReadThatFailsOnceWhileTheStoreOpensDoesNotMakeItDamaged) {
  FaultyDisk disk(1);
  asio::io_context loop(1);
  for (int n = 0; n < 3; ++n) {
    NewJob made = queued_job(n);
    made.spec = std::string(20'000, 's');  // some of its pages are only reachable through others
    ASSERT_TRUE(wait_for(loop, open_sqlite(path_)->insert(one_entry(made, line_of("", "queued")))));
  }
  int tried = 0;
  for (Trouble trouble{.fault_at = 1}; trouble.fault_at < most_calls; ++trouble.fault_at, ++tried) {
    disk.plan(trouble);
    const auto opened = SqliteStore::open(path_, "test");
    if (disk.faults() == 0) break;
    const bool is_called_damaged = !opened && opened.error().kind() == ErrorKind::corrupt;
    EXPECT_FALSE(is_called_damaged) << opened.error().sentence();
  }
  EXPECT_GT(tried, 50);
}

TEST_F(StorageFaults, ADiskThatIsFullForAWhileIsKnownAndTheStoreGoesOn) {
  Trouble trouble;
  trouble.fault = Fault::no_space;
  for (const int count : {1, 25}) {
    trouble.fault_count = count;
    try_every(trouble, &Trouble::fault_at, count, "ENOSPC " + std::to_string(count) + " times");
  }
}

TEST_F(StorageFaults, AKillAtAnyChangeLosesNothingThatWasConfirmed) {
  Trouble trouble;
  trouble.by_power = false;
  try_every(trouble, &Trouble::end_at, 0, "kill");
}

TEST_F(StorageFaults, APowerCutAtAnyChangeLosesNothingThatWasConfirmed) {
  for (int seed = 0; seed < seeds_; ++seed) try_every(Trouble(), &Trouble::end_at, seed, "power cut");
}

TEST_F(StorageFaults, FaultsAndEndsTogetherLoseNothingThatWasConfirmed) {
  sim::Chance chance(1);
  const int runs = seeds_ * 500 / stride_;
  for (int seed = 0; seed < runs && !HasFailure(); ++seed) {
    const Trouble trouble = random_trouble(chance);
    try_out(trouble, seed);
  }
}

}  // namespace
}  // namespace azrestored
