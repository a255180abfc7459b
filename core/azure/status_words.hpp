// The words with which Azure Backup reports a status (azure-backup-api.md 2.4, 4.4, 5.3, 5.4). Only this room knows
// them; all other code compares the enumerations. Letter case does not matter. Azure writes "Canceled" for operations
// and "Cancelled" for backup jobs; every word is read in both spellings. A word that is not listed is `unknown`: no
// word of Azure's is taken for a success unless it is listed as one. Pure.
#pragma once

#include <string_view>

namespace azrestored {

/// Of an asynchronous operation: a restore, a pre-flight, a cancel (azure-backup-api.md 4.4).
enum class OperationStatus {
  none,       // the response has no status word
  running,    // "InProgress"
  succeeded,  // "Succeeded"
  failed,     // "Failed"
  cancelled,  // "Canceled"
  invalid,    // "Invalid": Azure reports no usable status
  unknown     // ARM's rule: still running (azure-backup-api.md 4.5)
};
OperationStatus operation_status(std::string_view word);

/// Of a backup job, and of the last backup of an item (azure-backup-api.md 5.3).
enum class BackupJobStatus { running, cancelling, completed, completed_with_warnings, failed, cancelled, unknown };
BackupJobStatus backup_job_status(std::string_view word);
/// The word as Azure documents it, such as "Cancelled" for "canceled"; "" for `unknown`.
std::string_view word_of(BackupJobStatus status);
/// False for the words of an end, and for unknown words, which may be one.
bool is_running(BackupJobStatus status);

/// Of a task of a backup job (azure-backup-api.md 5.4). Azure does not document the complete list.
enum class TaskStatus { not_started, running, completed, completed_with_warnings, failed, skipped, cancelled, unknown };
TaskStatus task_status(std::string_view word);

/// Of a tier of a recovery point (azure-backup-api.md 2.4). Older api-versions send the number.
enum class TierStatus { invalid, valid, disabled, deleted, rehydrated, unknown };
TierStatus tier_status(std::string_view word_or_number);
/// True if Azure can read the point's data from the tier.
bool is_readable(TierStatus status);

}  // namespace azrestored
