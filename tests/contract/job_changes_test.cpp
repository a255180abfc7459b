// The store's contract: inserting, saving, loading. Each test runs on both stores.
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

template <class Backend>
class JobChanges : public StoreContract<Backend> {};
TYPED_TEST_SUITE(JobChanges, BothStores);

TYPED_TEST(JobChanges, AJobIsLoadedAsItWasInserted) {
  const Job job = this->insert(1);
  expect_same(this->load(job.id), job);
  this->reopen_as("second");
  expect_same(this->load(job.id), job);
}

TYPED_TEST(JobChanges, TheJobFileIsKeptVerbatim) {
  NewJob made = queued_job(1);
  made.spec = "\xef\xbb\xbf{ \"name\" :\t\"x\" }\r\n// \xc3\xa9\n" + std::string(1'000'000, ' ');
  ASSERT_TRUE(this->get(this->store().insert(one_entry(made, line_of("", "queued")))));
  const Result<std::string> spec = this->get(this->store().spec(made.job.id));
  ASSERT_TRUE(spec);
  EXPECT_TRUE(*spec == made.spec);
}

TYPED_TEST(JobChanges, InsertingAnIdTwiceIsAConflictThatChangesNothing) {
  const Job job = this->insert(1);
  NewJob again = queued_job(1);
  again.job.name = "another";
  again.spec = "another";
  const Result<void> refused = this->get(this->store().insert(one_entry(again, line_of("", "queued", "again"))));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::conflict);
  EXPECT_EQ(refused.error().sentence(), "job " + job.id + " already exists; nothing was changed");
  expect_same(this->load(job.id), job);
  EXPECT_EQ(this->get(this->store().spec(job.id)).value(), queued_job(1).spec);
  EXPECT_EQ(this->get(this->store().history(job.id)).value().size(), 1U);
}

TYPED_TEST(JobChanges, SeveralAreInsertedTogetherEachWithItsFirstLine) {
  std::vector<NewEntry> entries;
  for (int n = 1; n <= 3; ++n) entries.push_back({queued_job(n), line_of("", "queued", "of " + std::to_string(n))});
  ASSERT_TRUE(this->get(this->store().insert(entries)));
  this->reopen_as("second");
  for (int n = 1; n <= 3; ++n) {
    expect_same(this->load(sample_id(n)), queued_job(n).job);
    EXPECT_EQ(this->get(this->store().spec(sample_id(n))).value(), queued_job(n).spec);
    const auto history = this->get(this->store().history(sample_id(n))).value();
    ASSERT_EQ(history.size(), 1U);
    EXPECT_EQ(history.front().detail, "of " + std::to_string(n));
  }
  EXPECT_EQ(this->claim(3).size(), 3U);
}

TYPED_TEST(JobChanges, OfSeveralThatCannotAllBeInsertedNoneIs) {
  const Job stored = this->insert(2);
  const auto kind_of = [&](const std::vector<int>& numbers) {
    std::vector<NewEntry> entries;
    for (const int n : numbers) entries.push_back({queued_job(n), line_of("", "queued")});
    const Result<void> refused = this->get(this->store().insert(entries));
    return refused ? std::nullopt : std::optional(refused.error().kind());
  };
  EXPECT_EQ(kind_of({1, 2, 3}), ErrorKind::conflict);
  EXPECT_EQ(kind_of({3, 4, 3}), ErrorKind::conflict);
  for (const int n : {1, 3, 4}) EXPECT_FALSE(this->get(this->store().load(sample_id(n)))) << n;
  expect_same(this->load(stored.id), stored);
  EXPECT_EQ(this->get(this->store().history(stored.id)).value().size(), 1U);
  const std::vector<std::pair<std::string, std::int64_t>> one_job = {{"queued", 1}};
  EXPECT_EQ(this->get(this->store().count_by_state()).value(), one_job);
  EXPECT_EQ(kind_of({1, 3}), std::nullopt) << "nothing is left of the tries before";
}

TYPED_TEST(JobChanges, InsertingNothingIsDoneAtOnce) {
  EXPECT_TRUE(this->get(this->store().insert({})));
}

TYPED_TEST(JobChanges, SavingRaisesTheVersionByOneAndReturnsTheJobAsSaved) {
  Job job = this->insert(1);
  for (int version = 1; version <= 3; ++version) {
    const Job expected = [&] {
      Job next = later(job, Resolving{});
      next.failures = version;
      return next;
    }();
    const Result<Job> saved = this->get(this->store().save(expected, line_of("queued", "resolving")));
    ASSERT_TRUE(saved);
    EXPECT_EQ(saved->version, version);
    EXPECT_EQ(saved->failures, version);
    expect_same(this->load(job.id), *saved);
    job = *saved;
  }
}

TYPED_TEST(JobChanges, SavingOverAnotherVersionIsAConflictThatChangesNothing) {
  const Job inserted = this->insert(1);
  const Job saved = this->move_to(inserted, Resolving{});
  for (const std::int64_t wrong : {std::int64_t{0}, std::int64_t{2}, std::int64_t{-1}}) {
    Job stale = later(inserted, Failed{});
    stale.version = wrong;
    const Result<Job> refused = this->get(this->store().save(stale, line_of("queued", "failed", "stale")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), ErrorKind::conflict);
    EXPECT_EQ(refused.error().sentence(), "job " + stale.id + " is no longer at version " + std::to_string(wrong) +
                                              " because another change was saved first; nothing was saved");
  }
  expect_same(this->load(inserted.id), saved);
  EXPECT_EQ(this->get(this->store().history(inserted.id)).value().size(), 2U);
}

TYPED_TEST(JobChanges, SavingAJobThatIsNotStoredIsAConflict) {
  const Job never = queued_job(1).job;
  const Result<Job> refused = this->get(this->store().save(never, line_of("queued", "queued")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::conflict);
  EXPECT_FALSE(this->get(this->store().load(never.id)));
}

TYPED_TEST(JobChanges, SavingWithoutALineLeavesTheHistoryAsItIs) {
  const Job job = this->insert(1);
  const Result<Job> saved = this->get(this->store().save(later(job, Resolving{}), std::nullopt));
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->version, 1);
  EXPECT_EQ(this->get(this->store().history(job.id)).value().size(), 1U);
}

TYPED_TEST(JobChanges, EveryFieldSurvivesInEveryState) {
  const std::vector<State> states = every_state();
  ASSERT_EQ(states.size(), std::variant_size_v<State>);
  std::vector<Job> saved;
  for (std::size_t i = 0; i < states.size(); ++i) {
    ASSERT_EQ(states[i].index(), i);
    const Job job = this->insert(static_cast<int>(i));
    saved.push_back(this->move_to(job, states[i]));
  }
  this->reopen_as("second");
  for (std::size_t i = 0; i < states.size(); ++i) {
    SCOPED_TRACE(state_name(states[i]));
    const Job stored = this->load(saved[i].id);
    expect_same(stored, saved[i]);
    Job expected = later(queued_job(static_cast<int>(i)).job, states[i]);
    expected.version = 1;
    expect_same(stored, expected);
  }
}

TYPED_TEST(JobChanges, HistoryIsInTheOrderOfSavingWithAllItsFacts) {
  Job job = this->insert(1);
  this->insert(2);  // its line must not appear
  std::vector<HistoryLine> expected = {line_of("", "queued")};
  for (int i = 0; i < 12; ++i) {
    HistoryLine line = line_of("resolving", "resolving", "line " + std::to_string(i) + "\n\xe2\x9c\x93");
    line.at = sample_time(100 - i);  // the clock was set back: the order of the saves still counts
    line.http_status = 200 + i;
    job = this->get(this->store().save(later(job, Resolving{}), line)).value();
    expected.push_back(line);
  }
  const Result<std::vector<HistoryLine>> history = this->get(this->store().history(job.id));
  ASSERT_TRUE(history);
  ASSERT_EQ(history->size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) expect_same((*history)[i], expected[i]);
}

TYPED_TEST(JobChanges, AnUnknownIdIsNotFound) {
  this->insert(1);
  const JobId id = sample_id(2);
  const std::string sentence = "there is no job " + id;
  const Result<Job> job = this->get(this->store().load(id));
  const Result<std::string> spec = this->get(this->store().spec(id));
  const Result<std::vector<HistoryLine>> history = this->get(this->store().history(id));
  ASSERT_FALSE(job || spec || history);
  for (const Error& error : {job.error(), spec.error(), history.error()}) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
    EXPECT_EQ(error.sentence(), sentence);
  }
}

}  // namespace
}  // namespace azrestored
