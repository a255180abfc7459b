// azrestored's own codes: its conclusions, and the rules of core/restore/rules.hpp. See error_catalog.hpp.
#include "core/azure/error_catalog.hpp"

namespace azrestored {
namespace {

using enum ErrorClass;

constexpr ErrorAdvice errors[] = {
    // ── the job file and what it names ──
    {"JobFile", fix_request, "submit the job again, with a file that `azrestorectl validate` accepts"},
    {"NoSuchItem", gone,
     "list the vault's items with `azrestorectl vms --vault ID`, then correct \"virtualMachine\", or "
     "name the item by \"protectedItem\""},
    {"NoSuchRecoveryPoint", gone,
     "list the points with `azrestorectl points --vault ID --vm NAME`, then widen \"recoveryPoint\""},
    {"NoSuchProfile", fix_request,
     "add the sign-in profile to auth in the settings and restart azrestored, or name another profile in \"auth\""},
    {"PreflightFailed", fix_request,
     "Azure would refuse the restore: fix what its message and recommendations name, "
     "then `azrestorectl retry` the job"},

    // ── access to Azure ──
    {"SignIn", fix_rights,
     "the sign-in fails: `azrestorectl status` shows the reason; jobs wait, and continue when it is fixed"},
    {"NoAnswer", retry,
     "there was no response: if this persists, check name resolution, proxy and firewall; azrestored retries"},
    {"UnreadableAnswer", retry, "a response was incomplete or is not Azure's; azrestored asks again"},
    {"ForeignUrl", fix_request,
     "Azure named a URL outside of arm.endpoint, to which azrestored sends no token: check arm.cloud and arm.endpoint"},
    {"EndlessList", retry, "a list from Azure has no end: retry later, or name the recovery point by its id"},
    {"TooSlow", retry, "Azure has not responded in time: retry later"},
    {"AccessTokenGone", retry, "azrestored requests a new access token for the secondary region"},
    {"Store", retry, "azrestored could not read the database: check the log, and the disk that holds store.path"},
    {"Unexpected", retry, "this should not happen: keep the log, and report it"},

    // ── the outcome of the request ──
    {"Interrupted", wait,
     "azrestored was stopped during the request; before it sends another one, it searches for "
     "a restore that this one started"},
    {"NoOperation", wait,
     "the response names no operation; before azrestored sends another request, it searches for "
     "a restore that this one started"},
    {"NoClearAnswer", retry,
     "Azure sent several responses that were not clear, and started nothing: check whether Azure reports an outage, "
     "then `azrestorectl release` the job"},
    {"Refused", fix_request, "Azure refused the restore: `azrestorectl events` shows its reason"},
    {"OperationGone", wait, "the operation disappeared; azrestored searches for the backup job that it started"},
    {"OperationLost", gone,
     "check the vault's backup jobs in Azure for a restore of this VM; if there is none, submit the job again"},
    {"OperationFailed", retry,
     "Azure accepted the request and then failed to start a restore: `azrestorectl retry` the job"},
    {"OperationCanceled", retry, "someone cancelled the operation: `azrestorectl retry` the job if it is still needed"},
    {"OperationCancelled", retry,
     "someone cancelled the operation: `azrestorectl retry` the job if it is still needed"},
    {"JobFailed", retry,
     "the backup job gives no reason: read its tasks in `azrestorectl show`, then `azrestorectl retry` the job once"},
    {"SeveralJobs", gone,
     "check the backup jobs that the message names in Azure: two restores may be running; "
     "cancel the one that is not needed"},
    {"ForeignJob", gone,
     "check the backup job that the message names in Azure: another program uses the request id of this job"},
    {"HeldByPerson", wait, "`azrestorectl release` lets the job continue"},

    // ── Azure's rules, checked before the request (core/restore/rules.hpp) ──
    {"RuleArchivedPoint", fix_request, "add \"rehydration\" to the job file, or choose a point of another tier"},
    {"RuleArchivedCrossRegion", fix_request, "choose a point of the vault's standard tier, or remove \"crossRegion\""},
    {"RuleDiskAccessMissing", fix_request, "add \"targetDiskNetworkAccessSettings\" to \"restore\""},
    {"RuleDiskAccessNeedless", fix_request, "remove \"targetDiskNetworkAccessSettings\" from \"restore\""},
    {"RuleIdentityUnmanaged", fix_request, "give \"storageAccountId\" instead of the identity"},
    {"RuleIdentityNotOfVault", fix_request, "assign the identity to the vault, or name one of the vault's identities"},
    {"RuleEncryptionSet", fix_request, "remove \"diskEncryptionSetId\" from \"restore\""},
    {"RuleToManagedTier", fix_request, "choose a point of the vault's standard tier"},
    {"RuleToManagedEncrypted", fix_request, "remove \"restoreWithManagedDisks\" from \"restore\""},
    {"RuleOriginalStorageAccount", fix_request, "remove \"originalStorageAccountOption\" from \"restore\""},
    {"RuleReplacedDisks", fix_request, "restore with RestoreDisks or AlternateLocation"},
    {"RuleCrossRegionUnmanaged", fix_request, "restore in the vault's own region"},
    {"RuleCrossRegionOff", fix_request,
     "enable cross-region restore in the vault, or restore in the vault's own region"},
    {"RuleCrossRegionIsSource", fix_request, "name the vault's secondary region in \"crossRegion\""},
    {"RuleEdgeZoneCrossSubscription", fix_request,
     "choose targets in the vault's subscription, or remove \"extendedLocation\""},
    {"RuleCrossSubscriptionOff", fix_request,
     "enable restores to other subscriptions in the vault, or choose targets in the vault's subscription"},
};

}  // namespace

std::span<const ErrorAdvice> our_errors() {
  return errors;
}

}  // namespace azrestored
