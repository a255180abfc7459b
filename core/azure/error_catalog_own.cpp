// Our own codes: what the daemon itself concluded, and the rules of core/restore/rules.hpp. See error_catalog.hpp.
#include "core/azure/error_catalog.hpp"

namespace azrestored {
namespace {

using enum ErrorClass;

constexpr ErrorAdvice errors[] = {
    // ── the job file and what it names ──
    {"JobFile", fix_request, "submit the job anew, with a file that `azrestorectl validate` accepts"},
    {"NoSuchItem", gone,
     "look at the vault's items with `azrestorectl vms --vault ID`, correct \"virtualMachine\", or name the item by "
     "\"protectedItem\""},
    {"NoSuchRecoveryPoint", gone,
     "look at the points with `azrestorectl points --vault ID --vm NAME`, and widen \"recoveryPoint\""},
    {"NoSuchProfile", fix_request,
     "add the sign-in profile to auth in the settings and restart azrestored, or name another in \"auth\""},
    {"PreflightFailed", fix_request,
     "the service would refuse the restore: mend what its message and recommendations name, then "
     "`azrestorectl retry` the job"},

    // ── reaching the service ──
    {"SignIn", fix_rights,
     "nobody is signed in: `azrestorectl status` says why; jobs wait and go on by themselves once it is mended"},
    {"NoAnswer", retry,
     "there was no answer: check name resolution, proxy and firewall if it lasts; the daemon tries again"},
    {"UnreadableAnswer", retry, "an answer was cut off or is not the service's: the daemon asks again"},
    {"ForeignUrl", fix_request,
     "the service named a URL outside of arm.endpoint, to which no token is sent: check arm.cloud and arm.endpoint"},
    {"EndlessList", retry, "a list of the service has no end: try again later, or name the recovery point by its id"},
    {"TooSlow", retry, "the service has not answered in time: ask again later"},
    {"AccessTokenGone", retry, "the access token to the secondary region is fetched anew by itself"},
    {"Store", retry, "the database could not be read: look at the log, and at the disk that holds store.path"},
    {"Unexpected", retry, "this should not happen: keep the log, and report it"},

    // ── what became of the request ──
    {"Interrupted", wait,
     "the daemon was stopped around the request; it looks for a restore that was started before asking again"},
    {"NoOperation", wait,
     "the answer names no operation; the daemon looks for a restore that was started before asking again"},
    {"NoClearAnswer", retry,
     "the service answered unclearly several times and started nothing: see whether Azure reports a disturbance, then "
     "`azrestorectl release` the job"},
    {"Refused", fix_request, "the service refused the restore: `azrestorectl events` has its words"},
    {"OperationGone", wait, "the operation vanished; the daemon looks for the backup job that it started"},
    {"OperationLost", gone,
     "look at the vault's backup jobs in Azure for a restore of this VM; if there is none, submit the job again"},
    {"OperationFailed", retry,
     "Azure took the request and then failed to start a restore: `azrestorectl retry` the job"},
    {"OperationCanceled", retry,
     "somebody or something cancelled the operation: `azrestorectl retry` the job if wanted"},
    {"OperationCancelled", retry,
     "somebody or something cancelled the operation: `azrestorectl retry` the job if wanted"},
    {"JobFailed", retry,
     "the backup job gives no reason: look at its tasks in `azrestorectl show`, and `azrestorectl retry` the job once"},
    {"SeveralJobs", gone,
     "look at the backup jobs that the message names in Azure: two restores may run; cancel the one not wanted"},
    {"ForeignJob", gone, "look at the backup job that the message names in Azure: another program uses our request id"},
    {"HeldByPerson", wait, "`azrestorectl release` lets the job go on"},

    // ── rules of the service, checked before the request (core/restore/rules.hpp) ──
    {"RuleArchivedPoint", fix_request, "add \"rehydration\" to the job file, or choose a point of another tier"},
    {"RuleArchivedCrossRegion", fix_request,
     "choose a point of the vault's standard tier, or leave \"crossRegion\" out"},
    {"RuleDiskAccessMissing", fix_request, "add \"targetDiskNetworkAccessSettings\" to \"restore\""},
    {"RuleDiskAccessNeedless", fix_request, "remove \"targetDiskNetworkAccessSettings\" from \"restore\""},
    {"RuleIdentityUnmanaged", fix_request, "give \"storageAccountId\" in place of the identity"},
    {"RuleIdentityNotOfVault", fix_request, "assign the identity to the vault, or name one that it has"},
    {"RuleEncryptionSet", fix_request, "remove \"diskEncryptionSetId\" from \"restore\""},
    {"RuleToManagedTier", fix_request, "choose a point of the vault's standard tier"},
    {"RuleToManagedEncrypted", fix_request, "remove \"restoreWithManagedDisks\" from \"restore\""},
    {"RuleOriginalStorageAccount", fix_request, "remove \"originalStorageAccountOption\" from \"restore\""},
    {"RuleReplacedDisks", fix_request, "restore with RestoreDisks or AlternateLocation"},
    {"RuleCrossRegionUnmanaged", fix_request, "restore in the vault's own region"},
    {"RuleCrossRegionOff", fix_request,
     "switch cross-region restore on in the vault, or restore in the vault's own region"},
    {"RuleCrossRegionIsSource", fix_request, "name the vault's secondary region in \"crossRegion\""},
    {"RuleEdgeZoneCrossSubscription", fix_request,
     "choose targets of the vault's subscription, or leave \"extendedLocation\" out"},
    {"RuleCrossSubscriptionOff", fix_request,
     "switch restores to other subscriptions on in the vault, or choose targets of the vault's subscription"},
};

}  // namespace

std::span<const ErrorAdvice> our_errors() {
  return errors;
}

}  // namespace azrestored
