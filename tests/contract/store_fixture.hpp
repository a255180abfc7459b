// The fixture that runs each contract test on both stores, and functions that await a result.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "persistence/memory/memory_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/contract/sample_jobs.hpp"
#include "tests/support/temp_dir.hpp"

namespace azrestored {

/// Where a coroutine puts its result.
template <class T>
struct Pending {
  std::optional<T> value;
  std::exception_ptr failure;
};

/// Starts `work` without waiting; the test has to run the loop.
template <class T>
std::shared_ptr<Pending<T>> start(asio::io_context& loop, asio::awaitable<T> work) {
  auto pending = std::make_shared<Pending<T>>();
  auto done = [pending](std::exception_ptr failure, T value) {
    pending->failure = failure;
    pending->value = std::move(value);
  };
  asio::co_spawn(loop, std::move(work), done);
  return pending;
}

/// Runs the loop until nothing is left to do. Fails the test if that takes too long.
inline void finish(asio::io_context& loop) {
  loop.restart();
  loop.run_for(std::chrono::seconds(30));
  if (!loop.stopped()) throw std::runtime_error("no answer within 30 seconds");
}

/// Awaits the result.
template <class T>
T wait_for(asio::io_context& loop, asio::awaitable<T> work) {
  auto pending = start(loop, std::move(work));
  finish(loop);
  if (pending->failure) std::rethrow_exception(pending->failure);
  if (!pending->value) throw std::runtime_error("the loop ended before the answer came");
  return std::move(*pending->value);
}

/// The store in `open_sqlite`'s file; opening must succeed.
inline std::unique_ptr<SqliteStore> open_sqlite(const std::string& path, const std::string& owner = "test") {
  auto store = SqliteStore::open(path, owner);
  if (!store) throw std::runtime_error(store.error().sentence());
  return std::move(*store);
}

struct InMemory {
  std::shared_ptr<MemoryStore::Rows> rows = std::make_shared<MemoryStore::Rows>();
  std::unique_ptr<JobStore> open(const std::string& owner) { return std::make_unique<MemoryStore>(owner, rows); }
};

struct InSqlite {
  test::TempDir folder;
  std::unique_ptr<JobStore> open(const std::string& owner) { return open_sqlite(folder / "jobs.db", owner); }
};

using BothStores = testing::Types<InMemory, InSqlite>;

template <class Backend>
class StoreContract : public testing::Test {
 protected:
  StoreContract() : store_(backend_.open("first")) {}

  /// Closes the store and opens the stored data again, as a restart or another host does.
  void reopen_as(const std::string& owner) {
    store_.reset();
    store_ = backend_.open(owner);
  }

  template <class T>
  T get(asio::awaitable<T> work) {
    return wait_for(loop_, std::move(work));
  }

  JobStore& store() { return *store_; }

  /// Inserts queued_job(n).
  Job insert(int n) {
    const NewJob made = queued_job(n);
    const Result<void> inserted = get(store_->insert(one_entry(made, line_of("", "queued"))));
    EXPECT_TRUE(inserted) << inserted.error().sentence();
    return made.job;
  }

  /// Saves the job in that state with all fields set.
  Job move_to(const Job& job, const State& state) {
    const std::string from(state_name(job.state));
    const std::string to(state_name(state));
    Result<Job> saved = get(store_->save(later(job, state), line_of(from, to)));
    if (!saved) throw std::runtime_error(saved.error().sentence());
    return *saved;
  }

  Job load(const JobId& id) {
    Result<Job> loaded = get(store_->load(id));
    if (!loaded) throw std::runtime_error(loaded.error().sentence());
    return *loaded;
  }

  std::vector<JobId> resume(int limit, const std::optional<JobId>& after) {
    Result<std::vector<Job>> resumed = get(store_->resume(limit, after));
    if (!resumed) throw std::runtime_error(resumed.error().sentence());
    return ids_of(*resumed);
  }
  std::vector<JobId> claim(int limit, const Admission& admission = Admission()) {
    Result<std::vector<Job>> claimed = get(store_->claim(limit, admission));
    if (!claimed) throw std::runtime_error(claimed.error().sentence());
    return ids_of(*claimed);
  }

 private:
  asio::io_context loop_{1};  // outlives the store, as its contract requires
  Backend backend_;
  std::unique_ptr<JobStore> store_;
};

}  // namespace azrestored
