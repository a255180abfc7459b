// Errors of Azure Backup: of its requests, its validation and its jobs (API.md 9.5, 12, 12.1). See error_catalog.hpp.
#include "core/azure/error_catalog.hpp"

namespace azrestored {
namespace {

using enum ErrorClass;

constexpr ErrorAdvice errors[] = {
    {"UserErrorInstantRpNotFound", gone,
     "the snapshot is gone and was never copied to the vault: choose another recovery point, such as one with "
     "\"tier\": "
     "[\"HardenedRP\"]"},
    {"UserErrorCoreCountSubscriptionQuotaReached", quota,
     "the subscription has too few cores left in the region: raise the quota, or restore the disks only"},
    {"BMSUserErrorInvalidInput", fix_request,
     "the service finds a value in the request wrong without saying which: compare \"restore\" with the job reference, "
     "ids and region first"},
    {"UserErrorOperationFailedInvalidParameters", fix_request,
     "the service finds a value in the request wrong without saying which: compare \"restore\" with the job reference, "
     "ids and region first"},
    {"CloudInvalidInputError", fix_request,
     "the service asks to try later, but this has been seen to last: retry once, then check every id in \"restore\""},
    {"CloudInternalError", retry, "an error inside Azure Backup: it passes within minutes"},
    {"CloudStorageUnexpectedError", retry, "Azure Backup could not reach its storage: it passes within minutes"},
    {"RestApiInternalError", retry, "an error inside Azure Backup: it passes within minutes"},
    {"BCMV2VMNotFound", gone,
     "the VM does not exist any more: restore with RestoreDisks or AlternateLocation, and name it by "
     "\"protectedItem\""},
    {"RestoreOperationFailed", retry,
     "the restore failed without a more exact reason: read the recommendations, look at the tasks in `azrestorectl "
     "show`, and `azrestorectl retry` the job once"},
    {"UserErrorBCMRestoreStorageAccountNotFound", fix_request,
     "the staging account was not found: it has to exist, in the region of the restore, and the id in "
     "\"storageAccountId\" has to be its own"},
    {"UserErrorRequestDisallowedByPolicy", fix_rights,
     "an Azure Policy forbids a resource of this restore: exempt the target group or choose another"},
    {"UserErrorOperationDeniedOnImmutableItem", fix_request,
     "the vault's immutability forbids this on the item: check the vault's immutability settings, and whether the "
     "request means another item"},
    {"BMSUserErrorCrossRegionRestoreZRSVaultNotPossible", fix_request,
     "a zone-redundant vault has no copy in another region: leave \"crossRegion\" out"},
    {"BMSUserErrorDataSourceInDeferredDeleteState", fix_request,
     "the protected item is soft-deleted: undelete it in the vault, then `azrestorectl retry` the job"},
};

}  // namespace

std::span<const ErrorAdvice> backup_errors() {
  return errors;
}

}  // namespace azrestored
