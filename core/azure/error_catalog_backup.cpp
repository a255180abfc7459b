// Errors of Azure Backup: of its requests, its validation and its jobs (azure-backup-api.md 9.5, 12, 12.1). See
// error_catalog.hpp.
#include "core/azure/error_catalog.hpp"

namespace azrestored {
namespace {

using enum ErrorClass;
using enum FixedBy;

constexpr std::string_view daily_limit =
    "the vault has reached its limit of operations in 24 hours, and only waiting helps, for hours up to a day";

constexpr ErrorAdvice errors[] = {
    {"UserErrorInstantRpNotFound", gone,
     "the snapshot no longer exists and was never copied to the vault: choose another recovery point, for example "
     "with \"tier\": [\"HardenedRP\"]"},
    {"UserErrorCoreCountSubscriptionQuotaReached", quota,
     "the subscription has too few cores left in the region: raise the quota, or restore only the disks", either},
    {"BMSUserErrorInvalidInput", fix_request,
     "Azure rejects a value in the request and does not name it: compare \"restore\" with "
     "azrestore-job(5), ids and region first"},
    {"UserErrorOperationFailedInvalidParameters", fix_request,
     "Azure rejects a value in the request and does not name it: compare \"restore\" with "
     "azrestore-job(5), ids and region first"},
    {"CloudInvalidInputError", fix_request,
     "Azure asks for a later attempt, but this error was observed to persist: check every id in \"restore\"", either},
    {"CloudInternalError", retry, "an error inside Azure Backup: it passes within minutes"},
    {"CloudStorageUnexpectedError", retry, "Azure Backup could not reach its storage: it passes within minutes"},
    {"RestApiInternalError", retry, "an error inside Azure Backup: it passes within minutes"},
    {"BCMV2VMNotFound", gone,
     "the VM no longer exists: restore with RestoreDisks or AlternateLocation, and name the VM by \"protectedItem\""},
    {"RestoreOperationFailed", retry,
     "Azure gives no exact reason: read the recommendations and the tasks in `azrestorectl show`"},
    {"UserErrorBCMRestoreStorageAccountNotFound", fix_request,
     "Azure did not find the staging account: it must exist in the region of the restore, and \"storageAccountId\" "
     "must be its id",
     either},
    {"UserErrorRequestDisallowedByPolicy", fix_rights,
     "an Azure Policy forbids a resource of this restore: exempt the target group, or choose another group", either},
    {"UserErrorOperationDeniedOnImmutableItem", fix_request,
     "the vault's immutability forbids this for the item: check the vault's immutability settings, and whether the "
     "request names the right item",
     either},
    {"BMSUserErrorCrossRegionRestoreZRSVaultNotPossible", fix_request,
     "a zone-redundant vault has no copy in another region: remove \"crossRegion\""},
    {"BMSUserErrorDataSourceInDeferredDeleteState", fix_request,
     "the protected item is soft-deleted: undelete it in the vault", environment},
    {"CloudDosAbsoluteLimitReached", wait, daily_limit},
    {"CloudDosAbsoluteLimitReachedWithRetry", wait, daily_limit},
    {"CloudDosTimeboudLimitReached", wait, daily_limit},
    {"CloudDosTimeboundLimitReached", wait, daily_limit},
};

}  // namespace

std::span<const ErrorAdvice> backup_errors() {
  return errors;
}

}  // namespace azrestored
