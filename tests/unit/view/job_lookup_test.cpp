// Which job is meant: ids, prefixes of ids, names, and when the text is ambiguous.
#include "core/view/job_lookup.hpp"

#include <gtest/gtest.h>

#include "tests/support/served_jobs.hpp"

namespace azrestored::test {
namespace {

Job job(int number, const std::string& name, State state) {
  Job made = sample_job(number, std::move(state));
  made.name = name;
  return made;
}

TEST(JobLookupTest, AnExactIdIsThatJobEvenIfItIsTheNameOfAnother) {
  const auto found = find_job(job_id(1), {job(2, job_id(1), Queued{}), job(1, "web", Queued{})});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, job_id(1));
}

TEST(JobLookupTest, ABeginningOfFourCharactersIsEnoughWhenItFitsOneJob) {
  EXPECT_TRUE(find_job("0000", {job(1, "web", Queued{})}));
  const auto found = find_job("000", {job(1, "web", Queued{})});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind(), ErrorKind::not_found);
  EXPECT_EQ(found.error().sentence(),
            "there is no job with the id or name \"000\" (an id may be shortened to no less than 4 characters); "
            "`azrestorectl list` shows the jobs");
}

TEST(JobLookupTest, ABeginningThatFitsTwoJobsIsAmbiguousEvenIfOneIsFinished) {
  const auto found = find_job("00000000", {job(1, "a", Queued{}), job(2, "b", Failed{})});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind(), ErrorKind::refused);
  EXPECT_EQ(found.error().sentence(),
            "\"00000000\" matches several jobs; name one by its id: "
            "00000000-0000-4000-8000-000000000002 (b, failed since 2026-11-20T10:02:00Z), "
            "00000000-0000-4000-8000-000000000001 (a, queued since 2026-11-20T10:01:00Z)");
}

TEST(JobLookupTest, ASharedNameMeansTheOnlyUnfinishedJob) {
  const auto found =
      find_job("nightly", {job(1, "nightly", Succeeded{}), job(2, "nightly", Held{}), job(3, "nightly", Failed{})});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, job_id(2));
}

TEST(JobLookupTest, ASharedNameOfTwoUnfinishedOrOnlyFinishedJobsIsAmbiguous) {
  EXPECT_EQ(find_job("x", {job(1, "x", Queued{}), job(2, "x", Queued{})}).error().kind(), ErrorKind::refused);
  EXPECT_EQ(find_job("x", {job(1, "x", Failed{}), job(2, "x", Failed{})}).error().kind(), ErrorKind::refused);
}

TEST(JobLookupTest, ANameThatIsAlsoTheBeginningOfAnotherJobsIdIsAmbiguous) {
  const auto found = find_job("0000", {job(1, "web", Failed{}), job(2, "0000", Queued{})});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind(), ErrorKind::refused);
}

TEST(JobLookupTest, NothingIsFoundAmongNoneOrByAnEmptyText) {
  EXPECT_EQ(find_job("web", {}).error().kind(), ErrorKind::not_found);
  EXPECT_EQ(find_job("", {job(1, "", Queued{})}).error().kind(), ErrorKind::not_found);
}

TEST(JobLookupTest, TheTypedTextIsShownWithoutItsControlCharacters) {
  const auto none = find_job("web\x1b[2J01", {});
  EXPECT_TRUE(none.error().sentence().starts_with("there is no job with the id or name \"web\\x1b[2J01\"; "))
      << none.error().sentence();
}

TEST(JobLookupTest, ANameThatIsNearIsOfferedAndAnotherIsNot) {
  const std::vector<Job> known{job(1, "web01-disks", Queued{}), job(2, "db01-replace", Failed{})};
  EXPECT_EQ(no_such_job("web1-disk", known).sentence(),
            "there is no job with the id or name \"web1-disk\"; did you mean \"web01-disks\"?");
  EXPECT_EQ(no_such_job("mail", known).kind(), ErrorKind::not_found);
  EXPECT_TRUE(no_such_job("mail", known).sentence().ends_with("; `azrestorectl list` shows the jobs"));
}

TEST(JobLookupTest, ManyFittingJobsAreListedUpToTen) {
  std::vector<Job> many;
  for (int number = 1; number <= 12; ++number) many.push_back(job(number, "x", Queued{}));
  const std::string sentence = find_job("x", many).error().sentence();
  EXPECT_NE(sentence.find(job_id(3)), std::string::npos);
  EXPECT_EQ(sentence.find(job_id(2)), std::string::npos);
  EXPECT_TRUE(sentence.ends_with(", and more")) << sentence;
}

}  // namespace
}  // namespace azrestored::test
