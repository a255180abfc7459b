// Azure's status words (azure-backup-api.md 2.4, 4.4, 5.3, 5.4): every documented word is known in both spellings and
// in any letter case, and a word that is not documented is never a success.
#include "core/azure/status_words.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/base/text.hpp"

namespace azrestored::test {
namespace {

TEST(StatusWords, OperationsKnowEveryWordInBothSpellings) {
  using Status = OperationStatus;
  const std::vector<std::pair<std::string, Status>> words = {
      {"", Status::none},           {"InProgress", Status::running}, {"Succeeded", Status::succeeded},
      {"Failed", Status::failed},   {"Canceled", Status::cancelled}, {"Cancelled", Status::cancelled},
      {"Invalid", Status::invalid}, {"Completed", Status::unknown},  {"Pondering", Status::unknown},
      {"Success", Status::unknown}, {"Succeeded ", Status::unknown}, {"Cancel", Status::unknown}};
  for (const auto& [word, status] : words) {
    EXPECT_EQ(operation_status(word), status) << word;
    EXPECT_EQ(operation_status(to_lower(word)), status) << word;
  }
}

TEST(StatusWords, BackupJobsKnowEveryWordInBothSpellings) {
  using Status = BackupJobStatus;
  const std::vector<std::pair<std::string, Status>> words = {{"InProgress", Status::running},
                                                             {"Cancelling", Status::cancelling},
                                                             {"Canceling", Status::cancelling},
                                                             {"Completed", Status::completed},
                                                             {"CompletedWithWarnings", Status::completed_with_warnings},
                                                             {"Failed", Status::failed},
                                                             {"Cancelled", Status::cancelled},
                                                             {"Canceled", Status::cancelled},
                                                             {"Invalid", Status::unknown},
                                                             {"Succeeded", Status::unknown},
                                                             {"", Status::unknown}};
  for (const auto& [word, status] : words) {
    EXPECT_EQ(backup_job_status(word), status) << word;
    EXPECT_EQ(backup_job_status(to_lower(word)), status) << word;
  }
  EXPECT_EQ(word_of(backup_job_status("canceled")), "Cancelled");
  EXPECT_EQ(word_of(backup_job_status("CANCELING")), "Cancelling");
  EXPECT_EQ(word_of(BackupJobStatus::unknown), "");
}

TEST(StatusWords, OnlyWordsOfARunningBackupJobAreRunning) {
  for (const char* word : {"InProgress", "Cancelling", "Canceling"})
    EXPECT_TRUE(is_running(backup_job_status(word))) << word;
  for (const char* word : {"Completed", "CompletedWithWarnings", "Failed", "Canceled", "Cancelled", "Pondering", ""})
    EXPECT_FALSE(is_running(backup_job_status(word))) << word;
}

TEST(StatusWords, TasksKnowEveryWordInBothSpellings) {
  using Status = TaskStatus;
  const std::vector<std::pair<std::string, Status>> words = {
      {"NotStarted", Status::not_started}, {"InProgress", Status::running},
      {"Completed", Status::completed},    {"Failed", Status::failed},
      {"Skipped", Status::skipped},        {"Cancelled", Status::cancelled},
      {"Canceled", Status::cancelled},     {"", Status::unknown},
      {"Done", Status::unknown},           {"CompletedWithWarnings", Status::completed_with_warnings}};
  for (const auto& [word, status] : words) EXPECT_EQ(task_status(word), status) << word;
}

TEST(StatusWords, OnlyAValidOrRehydratedTierIsReadable) {
  const std::vector<std::pair<std::string, bool>> words = {
      {"Valid", true},    {"valid", true},     {"Rehydrated", true}, {"1", true},  {"4", true},
      {"Invalid", false}, {"Disabled", false}, {"Deleted", false},   {"0", false}, {"2", false},
      {"3", false},       {"5", false},        {"9", false},         {"", false},  {"Expired", false}};
  for (const auto& [word, readable] : words) EXPECT_EQ(is_readable(tier_status(word)), readable) << word;
  EXPECT_EQ(tier_status("4"), TierStatus::rehydrated);
}

}  // namespace
}  // namespace azrestored::test
