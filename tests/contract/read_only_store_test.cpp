// Reading a database while no daemon runs: after a clean stop, after a kill, and without write permission.
#include "persistence/sqlite/read_only_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/contract/hammer.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

class ReadOnly : public testing::Test {
 protected:
  ~ReadOnly() override { ::chmod(folder_.path().c_str(), 0700); }

  /// Two jobs, the second one failed, in a database that was closed cleanly.
  void fill() {
    const auto store = open_sqlite(path_);
    ASSERT_TRUE(wait_for(loop_, store->insert(one_entry(queued_job(1), line_of("", "queued")))));
    ASSERT_TRUE(wait_for(loop_, store->insert(one_entry(queued_job(2), line_of("", "queued")))));
    ASSERT_TRUE(wait_for(loop_, store->save(later(queued_job(2).job, Failed{}), line_of("queued", "failed"))));
  }

  std::unique_ptr<JobStore> open() {
    auto store = ReadOnlyStore::open(path_);
    if (!store) throw std::runtime_error(store.error().sentence());
    return std::move(*store);
  }

  template <class T>
  T get(asio::awaitable<T> work) {
    return wait_for(loop_, std::move(work));
  }

  asio::io_context loop_{1};
  test::TempDir folder_;
  std::string path_ = folder_ / "jobs.db";
};

/// While it exists, this process may read the folder and its files but not write them. Root may write everywhere, so
/// root becomes another user for that time.
class OnlyAllowedToRead {
 public:
  explicit OnlyAllowedToRead(const test::TempDir& folder) {
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) ::chmod(file.path().c_str(), 0444);
    ::chmod(folder.path().c_str(), 0555);
    if (::geteuid() == 0 && ::seteuid(65534) != 0) throw std::runtime_error("cannot become another user");
  }
  OnlyAllowedToRead(const OnlyAllowedToRead&) = delete;
  OnlyAllowedToRead& operator=(const OnlyAllowedToRead&) = delete;
  ~OnlyAllowedToRead() {
    if (::getuid() == 0 && ::seteuid(0) != 0) std::abort();
  }
};

TEST_F(ReadOnly, EverythingThatTheDaemonWroteIsRead) {
  fill();
  const auto store = open();
  EXPECT_EQ(ids_of(*get(store->list(JobQuery{}))), (std::vector<JobId>{sample_id(2), sample_id(1)}));
  EXPECT_EQ(ids_of(*get(store->find("job-1"))), std::vector<JobId>{sample_id(1)});
  EXPECT_EQ(get(store->history(sample_id(2)))->size(), 2U);
  EXPECT_EQ(*get(store->spec(sample_id(2))), queued_job(2).spec);
  EXPECT_EQ(*get(store->queue_position(sample_id(1), std::nullopt)), 1);
  const StateCounts counts = {{"failed", 1}, {"queued", 1}};
  EXPECT_EQ(*get(store->count_by_state()), counts);
  Job expected = later(queued_job(2).job, Failed{});
  expected.version = 1;
  expect_same(*get(store->load(sample_id(2))), expected);
  EXPECT_EQ(get(store->load(sample_id(3))).error().kind(), ErrorKind::not_found);
}

TEST_F(ReadOnly, WhatWouldWriteIsRefused) {
  fill();
  const auto store = open();
  const Job job = *get(store->load(sample_id(1)));
  const std::vector<ErrorKind> answers = {
      get(store->insert(one_entry(queued_job(3), line_of("", "queued")))).error().kind(),
      get(store->save(later(job, Resolving{}), std::nullopt)).error().kind(),
      get(store->claim(1, Admission())).error().kind(), get(store->resume(1, std::nullopt)).error().kind(),
      get(store->release_claims(std::nullopt)).error().kind()};
  EXPECT_EQ(answers, std::vector<ErrorKind>(5, ErrorKind::refused));
  expect_same(*get(store->load(sample_id(1))), job);
}

TEST_F(ReadOnly, ADaemonThatRunsIsNotDisturbed) {
  fill();
  const auto daemon = open_sqlite(path_);
  const auto store = open();
  ASSERT_TRUE(wait_for(loop_, daemon->insert(one_entry(queued_job(3), line_of("", "queued")))));
  EXPECT_TRUE(get(store->load(sample_id(3))));
  ASSERT_TRUE(wait_for(loop_, daemon->insert(one_entry(queued_job(4), line_of("", "queued")))));
}

TEST_F(ReadOnly, AfterAGoodEndItIsReadWhereNothingMayBeWritten) {
  fill();
  ASSERT_FALSE(std::filesystem::exists(path_ + "-wal"));
  const OnlyAllowedToRead restricted(folder_);
  const auto store = open();
  EXPECT_EQ(get(store->list(JobQuery{}))->size(), 2U);
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
}

// The last confirmed changes are in the log only. Read as the present user, then as a user who may only read.
TEST_F(ReadOnly, AfterAKillTheLogIsReadAsWell) {
  Hammer hammer(path_, 1);
  hammer.listen(50);
  hammer.kill();
  ASSERT_GT(std::filesystem::file_size(path_ + "-wal"), 0U);
  const auto expect_confirmed = [&] {
    const auto store = open();
    for (const auto& [id, version] : hammer.confirmed()) EXPECT_GE(get(store->load(id))->version, version);
  };
  {
    const OnlyAllowedToRead restricted(folder_);
    expect_confirmed();
  }
  ::chmod(folder_.path().c_str(), 0700);
  expect_confirmed();
}

TEST_F(ReadOnly, AMissingFileIsNamedAndNotMade) {
  const auto store = ReadOnlyStore::open(path_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().sentence(), "the database " + path_ + " cannot be read: No such file or directory");
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ReadOnly, ADatabaseThatIsNotOursIsRefused) {
  std::ofstream(path_) << "hello";
  const auto text = ReadOnlyStore::open(path_);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().kind(), ErrorKind::corrupt);
}

TEST_F(ReadOnly, AnotherSchemaVersionIsRefused) {
  fill();
  Database(path_, Database::Mode::read_write).execute("PRAGMA user_version = 99");
  const auto newer = ReadOnlyStore::open(path_);
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().kind(), ErrorKind::refused);
  std::filesystem::remove(path_);
  std::ofstream{path_};
  const auto older = ReadOnlyStore::open(path_);
  ASSERT_FALSE(older);
  EXPECT_NE(older.error().sentence().find("start azrestored once"), std::string::npos) << older.error().sentence();
}

}  // namespace
}  // namespace azrestored
