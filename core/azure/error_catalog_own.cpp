// azrestored's own codes: its conclusions, and the rules of core/restore/rules.hpp. See error_catalog.hpp.
#include "core/azure/error_catalog.hpp"

namespace azrestored {
namespace {

using enum ErrorClass;
using enum FixedBy;

constexpr ErrorAdvice errors[] = {
    // ── the job file and what it names ──
    {"JobFile", fix_request,
     "azrestored cannot use the stored job file: correct it until `azrestorectl validate` accepts it"},
    {"NoSuchItem", gone,
     "list the vault's items with `azrestorectl vms --vault ID`, then correct \"virtualMachine\", or "
     "name the item by \"protectedItem\""},
    {"NoSuchRecoveryPoint", gone,
     "list the points with `azrestorectl points --vault ID --vm NAME`, then widen \"recoveryPoint\""},
    {"NoSuchProfile", fix_request,
     "the settings lack the sign-in profile: add it to auth in the settings and restart azrestored", environment},
    {"PreflightFailed", fix_request, "Azure would refuse the restore: fix what its message and recommendations name",
     either},

    // ── access to Azure ──
    {"SignIn", fix_rights, "the sign-in fails: `azrestorectl status` shows the reason"},
    {"NoAnswer", retry, "there was no response: if this persists, check name resolution, proxy and firewall"},
    {"NotAzure", retry,
     "a web filter, proxy or gateway between this machine and Azure responds in Azure's place, which says nothing about "
     "rights or resources in Azure: if this persists, ask who runs it to let azrestored reach the host in arm.endpoint"},
    {"UnreadableAnswer", retry,
     "a response was incomplete or is not Azure's: if this persists, check what stands between this machine and "
     "Azure"},
    {"ForeignUrl", fix_request,
     "Azure named a URL outside of arm.endpoint, to which azrestored sends no token: check arm.cloud and "
     "arm.endpoint",
     environment},
    {"UnusableUrl", fix_request,
     "Azure named an address that azrestored cannot use: report the address and the response's request id to "
     "Microsoft's support; if the list of points is at fault, name the recovery point by its id",
     either},
    {"EndlessList", retry, "a list from Azure has no end: wait some minutes, or name the recovery point by its id",
     either},
    {"TooSlow", retry, "Azure has not responded in time, which usually passes within minutes"},
    {"AccessTokenGone", retry, "the access token for the secondary region has expired; each attempt gets a new one"},
    {"Store", retry, "azrestored could not read the database: check the log, and the disk that holds store.path",
     environment},
    {"Unexpected", retry, "this should not happen: keep the log, and report it"},

    // ── the outcome of the request ──
    {"Interrupted", wait, "azrestored was stopped during the request, which Azure may have received"},
    {"NoOperation", wait, "the response names no operation, so it does not show whether Azure started a restore"},
    {"NoClearAnswer", retry, "Azure sent several responses that were not clear: check whether Azure reports an outage"},
    {"Refused", fix_request, "Azure refused the restore: `azrestorectl events` shows its reason", either},
    {"OperationGone", wait, "the operation disappeared before it named the backup job that it started"},
    {"OperationLost", gone,
     "Azure accepted the restore and then lost it: look in Azure for a restore of this VM among the vault's backup "
     "jobs",
     environment},
    {"OperationFailed", retry, "Azure accepted the request, and then its operation failed"},
    {"OperationCanceled", retry, "someone cancelled the operation in Azure"},
    {"OperationCancelled", retry, "someone cancelled the operation in Azure"},
    {"JobFailed", retry, "the backup job gives no reason: read its tasks in `azrestorectl show`"},
    {"SeveralJobs", gone,
     "two restores may be running: check the backup jobs that the message names in Azure, and cancel there the one "
     "that is not needed",
     environment},
    {"ForeignJob", gone,
     "another program uses the request id of this job: check the backup job that the message names in Azure",
     environment},
    {"HeldByPerson", wait, "an operator put the job on hold"},

    // ── Azure's rules, checked before the request (core/restore/rules.hpp) ──
    {"RuleSoftDeletedItem", gone,
     "undelete the item's backups in the vault with the command that the message names, then `azrestorectl retry` the "
     "job"},
    {"RulePointSoftDeleted", gone,
     "undelete the point in the vault, or choose another one: `azrestorectl points --vault ID --vm NAME`"},
    {"RulePointExpired", gone, "choose a point that has not expired: `azrestorectl points --vault ID --vm NAME`"},
    {"RulePointUnreadable", gone, "choose a point with a valid tier: `azrestorectl points --vault ID --vm NAME`"},
    {"RuleArchivedPoint", fix_request, "add \"rehydration\" to the job file, or choose a point of another tier"},
    {"RuleArchivedCrossRegion", fix_request, "choose a point of the vault's standard tier, or remove \"crossRegion\""},
    {"RuleDiskAccessMissing", fix_request, "add \"targetDiskNetworkAccessSettings\" to \"restore\""},
    {"RuleDiskAccessNeedless", fix_request, "remove \"targetDiskNetworkAccessSettings\" from \"restore\""},
    {"RuleIdentityUnmanaged", fix_request, "give \"storageAccountId\" instead of the identity"},
    {"RuleIdentityNotOfVault", fix_request, "assign the identity to the vault, or name one of the vault's identities",
     either},
    {"RuleEncryptionSet", fix_request, "remove \"diskEncryptionSetId\" from \"restore\""},
    {"RuleToManagedTier", fix_request, "choose a point of the vault's standard tier"},
    {"RuleToManagedEncrypted", fix_request, "remove \"restoreWithManagedDisks\" from \"restore\""},
    {"RuleOriginalStorageAccount", fix_request, "remove \"originalStorageAccountOption\" from \"restore\""},
    {"RuleReplacedDisks", fix_request, "restore with RestoreDisks or AlternateLocation"},
    {"RuleCrossRegionUnmanaged", fix_request, "restore in the vault's own region"},
    {"RuleCrossRegionOff", fix_request,
     "enable cross-region restore in the vault, or restore in the vault's own region", either},
    {"RuleCrossRegionIsSource", fix_request, "name the vault's secondary region in \"crossRegion\""},
    {"RuleEdgeZoneCrossSubscription", fix_request,
     "choose targets in the vault's subscription, or remove \"extendedLocation\""},
    {"RuleCrossSubscriptionOff", fix_request,
     "enable restores to other subscriptions in the vault, or choose targets in the vault's subscription", either},
};

}  // namespace

std::span<const ErrorAdvice> our_errors() {
  return errors;
}

}  // namespace azrestored
