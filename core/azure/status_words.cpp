#include "core/azure/status_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

template <class Status>
struct StatusWord {
  std::string_view word;
  Status status;
};

constexpr std::array<StatusWord<OperationStatus>, 5> operation_words = {{
    {"InProgress", OperationStatus::running},
    {"Succeeded", OperationStatus::succeeded},
    {"Failed", OperationStatus::failed},
    {"Canceled", OperationStatus::cancelled},
    {"Invalid", OperationStatus::invalid},
}};

constexpr std::array<StatusWord<BackupJobStatus>, 6> backup_job_words = {{
    {"InProgress", BackupJobStatus::running},
    {"Cancelling", BackupJobStatus::cancelling},
    {"Completed", BackupJobStatus::completed},
    {"CompletedWithWarnings", BackupJobStatus::completed_with_warnings},
    {"Failed", BackupJobStatus::failed},
    {"Cancelled", BackupJobStatus::cancelled},
}};

constexpr std::array<StatusWord<TaskStatus>, 7> task_words = {{
    {"NotStarted", TaskStatus::not_started},
    {"InProgress", TaskStatus::running},
    {"Completed", TaskStatus::completed},
    {"CompletedWithWarnings", TaskStatus::completed_with_warnings},
    {"Failed", TaskStatus::failed},
    {"Skipped", TaskStatus::skipped},
    {"Cancelled", TaskStatus::cancelled},
}};

/// In the order of Azure's numbers.
constexpr std::array<StatusWord<TierStatus>, 5> tier_words = {{
    {"Invalid", TierStatus::invalid},
    {"Valid", TierStatus::valid},
    {"Disabled", TierStatus::disabled},
    {"Deleted", TierStatus::deleted},
    {"Rehydrated", TierStatus::rehydrated},
}};

/// Both spellings of "cancelled" and "cancelling" have this one form, with one l.
std::string one_spelling(std::string_view word) {
  std::string lower = to_lower(word);
  if (const std::size_t at = lower.find("cancell"); at != std::string::npos) lower.erase(at + 5, 1);
  return lower;
}

template <class Status, std::size_t N>
Status status_of(std::string_view word, const std::array<StatusWord<Status>, N>& words, Status otherwise) {
  const std::string wanted = one_spelling(word);
  const auto known = std::ranges::find_if(words, [&](const auto& each) { return one_spelling(each.word) == wanted; });
  return known == words.end() ? otherwise : known->status;
}

}  // namespace

OperationStatus operation_status(std::string_view word) {
  if (word.empty()) return OperationStatus::none;
  return status_of(word, operation_words, OperationStatus::unknown);
}

BackupJobStatus backup_job_status(std::string_view word) {
  return status_of(word, backup_job_words, BackupJobStatus::unknown);
}

std::string_view word_of(BackupJobStatus status) {
  const auto known = std::ranges::find(backup_job_words, status, &StatusWord<BackupJobStatus>::status);
  return known == backup_job_words.end() ? std::string_view() : known->word;
}

bool is_running(BackupJobStatus status) {
  return status == BackupJobStatus::running || status == BackupJobStatus::cancelling;
}

TaskStatus task_status(std::string_view word) {
  return status_of(word, task_words, TaskStatus::unknown);
}

TierStatus tier_status(std::string_view word_or_number) {
  const bool is_number = word_or_number.size() == 1 && word_or_number[0] >= '0' && word_or_number[0] <= '9';
  if (!is_number) return status_of(word_or_number, tier_words, TierStatus::unknown);
  const auto number = static_cast<std::size_t>(word_or_number[0] - '0');
  return number < tier_words.size() ? tier_words[number].status : TierStatus::unknown;
}

bool is_readable(TierStatus status) {
  return status == TierStatus::valid || status == TierStatus::rehydrated;
}

}  // namespace azrestored
