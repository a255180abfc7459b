// When a job last succeeded, as a daemon reads it from the database at its start.
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

class LastSuccess : public testing::Test {
 protected:
  /// The n-th job entered this final state at that time.
  void end(int n, const State& state, int at_ms) {
    const NewJob made = queued_job(n);
    ASSERT_TRUE(wait_for(loop_, store_->insert(one_entry(made, line_of("", "queued")))));
    Job ended = later(made.job, state);
    ended.since = sample_time(at_ms);
    ASSERT_TRUE(wait_for(loop_, store_->save(ended, line_of("tracking", std::string(state_name(state))))));
  }

  std::optional<Instant> last() { return wait_for(loop_, store_->last_success()).value(); }

  asio::io_context loop_{1};
  test::TempDir folder_;
  std::unique_ptr<SqliteStore> store_ = open_sqlite(folder_ / "jobs.db");
};

TEST_F(LastSuccess, IsUnknownWhileThereIsNone) {
  EXPECT_EQ(last(), std::nullopt);
  end(1, Failed{}, 5'000);
  end(2, Cancelled{}, 6'000);
  EXPECT_EQ(last(), std::nullopt);
}

TEST_F(LastSuccess, IsTheNewestGoodEndWhateverBeganOrFailedSince) {
  end(1, Succeeded{}, 9'000);
  end(2, SucceededWithWarnings{}, 7'000);
  end(3, SucceededWithFindings{}, 8'000);
  end(4, Failed{}, 10'000);
  EXPECT_EQ(last(), sample_time(9'000));
}

}  // namespace
}  // namespace azrestored
