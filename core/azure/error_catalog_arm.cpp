// Errors of Azure Resource Manager and of the resource providers behind a restore. See error_catalog.hpp.
#include "core/azure/error_catalog.hpp"

namespace azrestored {
namespace {

using enum ErrorClass;

constexpr ErrorAdvice errors[] = {
    // ── signing in and rights ──
    {"InvalidAuthenticationToken", fix_rights,
     "Azure does not accept the token: check auth.tenantId, arm.cloud and this machine's clock, then "
     "see `azrestorectl status`"},
    {"InvalidAuthenticationTokenTenant", fix_rights,
     "the token is of another tenant than the subscription: name the profile of the right tenant in \"auth\""},
    {"ExpiredAuthenticationToken", retry,
     "the token had expired; a new one is fetched by itself: if this lasts, check this machine's clock"},
    {"AuthenticationFailed", fix_rights, "Azure could not authenticate the caller: check the settings under auth"},
    {"AuthorizationFailed", fix_rights,
     "the identity that signs in lacks a role: give it the role that the message names, Backup Operator on the vault "
     "or Contributor on the target, wait a few minutes, then `azrestorectl retry` the job"},
    {"LinkedAuthorizationFailed", fix_rights,
     "the identity may act on the vault but not on a resource that the request names: give it a role on that one; for "
     "a Resource Guard of another tenant name a profile in \"guardAuth\""},
    {"InvalidSubscriptionId", fix_request, "the subscription id in \"vault\" or in a target is not one: correct it"},
    {"SubscriptionNotFound", fix_rights,
     "the subscription does not exist in the tenant that is signed in to: correct its id, or name the right profile in "
     "\"auth\""},
    {"SubscriptionNotRegistered", fix_rights,
     "register the resource provider that the message names in the subscription, then `azrestorectl retry` the job"},
    {"MissingSubscriptionRegistration", fix_rights,
     "register the resource provider that the message names in the subscription (az provider register), wait until it "
     "is registered, then `azrestorectl retry` the job"},
    {"NoRegisteredProviderFound", fix_request,
     "the provider does not offer this in the region or with this api-version: check arm.apiVersion and the region"},
    {"ReadOnlyDisabledSubscription", fix_rights,
     "the subscription is disabled and read-only: enable it again, then `azrestorectl retry` the job"},
    {"ScopeLocked", fix_rights,
     "a lock on the resource or its group forbids the change: remove the lock, then `azrestorectl retry` the job"},
    {"RequestDisallowedByPolicy", fix_rights,
     "an Azure Policy forbids a resource of this restore: exempt the target group or choose another"},

    // ── not there ──
    {"ResourceNotFound", gone,
     "what the message names does not exist, or no longer: correct the job file, or create it, and submit again"},
    {"ResourceGroupNotFound", gone,
     "the resource group that the message names does not exist: create it, or correct the job file"},
    {"ParentResourceNotFound", gone, "what should hold the resource does not exist: correct the id in the job file"},
    {"NotFound", gone, "what the request names does not exist: correct the job file"},
    {"ResourceGroupBeingDeleted", gone, "the resource group is being deleted: choose another target"},

    // ── the request ──
    {"BadRequest", fix_request, "the service cannot make sense of the request: compare the job file with the message"},
    {"InvalidRequestContent", fix_request,
     "a property of the request has a wrong form or name: compare \"restore\" and "
     "\"extraProperties\" with the message"},
    {"InvalidRequestFormat", fix_request, "the request has a wrong form: compare \"restore\" with the message"},
    {"InvalidParameter", fix_request,
     "the property that the message names has a wrong value: correct it in \"restore\""},
    {"InvalidApiVersionParameter", fix_request, "set arm.apiVersion to one that the message lists"},
    {"InvalidResourceType", fix_request, "the region or api-version does not know the resource: check arm.apiVersion"},
    {"LinkedInvalidPropertyId", fix_request, "an ARM id in \"restore\" is incomplete: write it in full"},
    {"LocationNotAvailableForResourceType", fix_request, "choose a region in which the resource is offered"},
    {"SkuNotAvailable", fix_request,
     "the VM's size is not offered in this region or zone: restore the disks and make a VM of another size"},
    {"Conflict", wait, "something else is changing the same resource: wait until it is done, then retry"},

    // ── quota and room ──
    {"QuotaExceeded", quota, "raise the quota that the message names, then `azrestorectl retry` the job"},
    {"OperationNotAllowed", quota,
     "mostly a quota of cores or disks: raise the one that the message names, or restore less at a time"},
    {"AllocationFailed", overload,
     "the region has no room for a VM of this size now: try again in some hours, or restore the disks only"},
    {"ZonalAllocationFailed", overload,
     "the zone has no room for a VM of this size now: try again in some hours, or choose another zone or none"},
    {"OverconstrainedAllocationRequest", overload,
     "no place satisfies all that is asked of the VM: ask for less, or try again in some hours"},

    // ── throttling ──
    {"TooManyRequests", wait, "the service is asked too often; the daemon waits as long as it is told"},
    {"SubscriptionRequestsThrottled", wait,
     "the subscription's requests are used up for the moment; the daemon waits as long as it is told"},
    {"ResourceRequestsThrottled", wait,
     "the hourly budget of this action is used up; the daemon waits as long as it is told: a longer "
     "polling.jobInterval, "
     "or fewer other tools on the same subscription, makes it rarer"},
    {"RetryableErrorDueToAnotherOperation", wait,
     "another operation holds a lock; it ends by itself, and the daemon tries again"},

    // ── passing ──
    {"InternalServerError", retry, "an error inside Azure; the daemon tries again"},
    {"GatewayTimeout", retry, "the backup service did not answer Azure's front in time; the daemon looks again"},
    {"ServerTimeout", retry, "Azure did not answer in time; the daemon looks again"},
    {"RequestTimeout", retry, "Azure did not answer in time; the daemon looks again"},
    {"InvalidGatewayHost", retry, "Azure's front cannot reach the backup service; the daemon looks again"},
    {"ServiceUnavailable", retry, "the service is not available; the daemon looks again"},
    {"ServerBusy", overload, "the service is overloaded; the daemon looks again, and it may take hours"},

    // ── answers without a code ──
    {"HTTP 400", fix_request,
     "the service refused the request without a reason: compare the job file with the reference"},
    {"HTTP 401", fix_rights, "Azure does not accept the sign-in: see `azrestorectl status`"},
    {"HTTP 403", fix_rights,
     "the identity that signs in may not do this: check its roles on the vault and the targets"},
    {"HTTP 404", gone, "what the request names does not exist: check vault, VM and recovery point"},
    {"HTTP 409", wait, "something else is changing the same resource: wait until it is done, then retry"},
    {"HTTP 429", wait, "the service is asked too often; the daemon waits as long as it is told"},
    {"HTTP 500", retry, "an error inside Azure; the daemon tries again"},
    {"HTTP 502", retry, "Azure's front cannot reach the backup service; the daemon looks again"},
    {"HTTP 503", retry, "the service is not available; the daemon looks again"},
    {"HTTP 504", retry, "the backup service did not answer Azure's front in time; the daemon looks again"},
};

}  // namespace

std::span<const ErrorAdvice> azure_errors() {
  return errors;
}

}  // namespace azrestored
