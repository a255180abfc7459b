// The health of a store: when a job last succeeded, as a daemon reads it at its start, and the fatal error, which a
// store in order does not have. Each test runs on both stores, except where it names SQLite.
#include "core/store/store_health.hpp"

#include <numeric>

#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

template <class Backend>
class Health : public StoreContract<Backend> {
 protected:
  StoreHealth& health() { return dynamic_cast<StoreHealth&>(this->store()); }

  /// The n-th job entered this final state at that time.
  void end(int n, const State& state, int at_ms) {
    Job ended = later(this->insert(n), state);
    ended.since = sample_time(at_ms);
    ASSERT_TRUE(this->get(this->store().save(ended, line_of("tracking", std::string(state_name(state))))));
  }

  std::optional<Instant> last() { return this->get(health().last_success()).value(); }
};
TYPED_TEST_SUITE(Health, BothStores);

TYPED_TEST(Health, ThereIsNoLastSuccessWhileThereIsNone) {
  EXPECT_EQ(this->last(), std::nullopt);
  this->end(1, Failed{}, 5'000);
  this->end(2, Cancelled{}, 6'000);
  EXPECT_EQ(this->last(), std::nullopt);
}

TYPED_TEST(Health, TheLastSuccessIsTheNewestWhateverBeganOrFailedSince) {
  this->end(1, Succeeded{}, 9'000);
  this->end(2, SucceededWithWarnings{}, 7'000);
  this->end(3, SucceededWithFindings{}, 8'000);
  this->end(4, Failed{}, 10'000);
  this->insert(5);
  EXPECT_EQ(this->last(), sample_time(9'000));
  this->reopen_as("second");
  EXPECT_EQ(this->last(), sample_time(9'000));
}

TYPED_TEST(Health, AStoreInGoodOrderHasNoFatalError) {
  this->insert(1);
  EXPECT_FALSE(this->health().fatal_error());
}

TEST(SqliteFatalError, IsSetOnceTheFileIsGone) {
  asio::io_context loop{1};
  const test::TempDir folder;
  const auto store = open_sqlite(folder / "jobs.db");
  EXPECT_FALSE(store->fatal_error());
  std::filesystem::remove(folder / "jobs.db");
  const std::optional<Error> fatal = store->fatal_error();
  ASSERT_TRUE(fatal);
  EXPECT_EQ(fatal->kind(), ErrorKind::corrupt);
  EXPECT_FALSE(wait_for(loop, store->insert(one_entry(queued_job(1), line_of("", "queued")))));
}

using SqliteHealth = Health<InSqlite>;

TEST_F(SqliteHealth, EveryChangeIsCountedByHowLongItTookToBeDurable) {
  const auto counted = [&] {
    const auto counts = health().commit_latencies().counts;
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  };
  const auto before = counted();
  insert(1);
  insert(2);
  EXPECT_EQ(counted(), before + 2);
}

}  // namespace
}  // namespace azrestored
