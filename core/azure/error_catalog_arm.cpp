// Errors of Azure Resource Manager and of the resource providers that a restore uses. See error_catalog.hpp.
#include "core/azure/error_catalog.hpp"

namespace azrestored {
namespace {

using enum ErrorClass;
using enum FixedBy;

constexpr ErrorAdvice errors[] = {
    // ── sign-in and rights ──
    {"InvalidAuthenticationToken", fix_rights,
     "Azure does not accept the token: check auth.tenantId, arm.cloud and the clock of this machine, "
     "then run `azrestorectl status`"},
    {"InvalidAuthenticationTokenTenant", fix_rights,
     "the token belongs to another tenant than the subscription: name the profile of the right tenant in \"auth\"",
     job_file},
    {"ExpiredAuthenticationToken", retry, "the token has expired: if this persists, check the clock of this machine"},
    {"AuthenticationFailed", fix_rights, "Azure could not authenticate azrestored: check the settings under auth"},
    {"AuthorizationFailed", fix_rights,
     "the signed-in identity lacks a role: assign the role that the message names (Backup Operator on the vault, or "
     "Contributor on the target), and wait a few minutes"},
    {"LinkedAuthorizationFailed", fix_rights,
     "the identity has rights on the vault but not on a resource in the request: assign it a role on that resource; "
     "for a Resource Guard in another tenant, name a profile in \"guardAuth\"",
     either},
    {"InvalidSubscriptionId", fix_request, "the subscription id in \"vault\" or in a target is not valid: correct it"},
    {"SubscriptionNotFound", fix_rights,
     "the subscription does not exist in the tenant of the sign-in: correct its id, or name the right profile in "
     "\"auth\"",
     job_file},
    {"SubscriptionNotRegistered", fix_rights,
     "register the resource provider that the message names in the subscription"},
    {"MissingSubscriptionRegistration", fix_rights,
     "register the resource provider that the message names in the subscription (az provider register), and wait "
     "until it is registered"},
    {"NoRegisteredProviderFound", fix_request,
     "the provider does not offer this in the region or with this api-version: check arm.apiVersion and the region",
     either},
    {"ReadOnlyDisabledSubscription", fix_rights, "the subscription is disabled and read-only: enable it"},
    {"ScopeLocked", fix_rights, "a lock on the resource or its group prevents the change: remove the lock"},
    {"RequestDisallowedByPolicy", fix_rights,
     "an Azure Policy forbids a resource of this restore: exempt the target group, or choose another group", either},

    // ── missing resources ──
    {"ResourceNotFound", gone,
     "the resource that the message names does not exist: create it, or correct its id in the job file", either},
    {"ResourceGroupNotFound", gone,
     "the resource group that the message names does not exist: create it, or correct the job file", either},
    {"ParentResourceNotFound", gone, "the parent of the resource does not exist: correct the id in the job file"},
    {"NotFound", gone, "the resource in the request does not exist: correct the job file"},
    {"ResourceGroupBeingDeleted", gone, "the resource group is being deleted: choose another target"},

    // ── the request ──
    {"BadRequest", fix_request, "Azure cannot interpret the request: compare the job file with the message"},
    {"InvalidRequestContent", fix_request,
     "a property of the request has a wrong form or name: compare \"restore\" and "
     "\"extraProperties\" with the message"},
    {"InvalidRequestFormat", fix_request, "the request has a wrong form: compare \"restore\" with the message"},
    {"InvalidParameter", fix_request,
     "the property that the message names has a wrong value: correct it in \"restore\""},
    {"InvalidApiVersionParameter", fix_request, "set arm.apiVersion to a version that the message lists", environment},
    {"InvalidResourceType", fix_request,
     "the region or api-version does not support the resource: check arm.apiVersion", environment},
    {"LinkedInvalidPropertyId", fix_request, "an ARM id in \"restore\" is incomplete: write it in full"},
    {"LocationNotAvailableForResourceType", fix_request, "choose a region that offers the resource"},
    {"SkuNotAvailable", fix_request,
     "the VM's size is not available in this region or zone: restore the disks and create a VM of another size"},
    {"Conflict", wait, "another operation is changing the same resource: wait until it has finished"},

    // ── quota and capacity ──
    {"QuotaExceeded", quota, "the subscription lacks quota: raise the quota that the message names"},
    {"OperationNotAllowed", quota,
     "usually a quota of cores or disks: raise the quota that the message names, or restore less at a time"},
    {"AllocationFailed", overload,
     "the region has no capacity for a VM of this size: wait some hours, or restore only the disks", either},
    {"ZonalAllocationFailed", overload,
     "the zone has no capacity for a VM of this size: wait some hours, or choose another zone or none", either},
    {"OverconstrainedAllocationRequest", overload,
     "no host meets all requirements of the VM: wait some hours, or remove some of them", either},

    // ── throttling ──
    {"TooManyRequests", wait, "Azure received too many requests and asks for a pause"},
    {"SubscriptionRequestsThrottled", wait, "the request quota of the subscription is exhausted for now"},
    {"ResourceRequestsThrottled", wait,
     "the hourly quota of this action is exhausted: a longer polling.jobInterval, or fewer other tools on the "
     "subscription, makes this rarer"},
    {"RetryableErrorDueToAnotherOperation", wait,
     "another operation holds a lock: wait until that operation has finished"},

    // ── temporary ──
    {"InternalServerError", retry, "an error inside Azure, which usually passes within minutes"},
    {"GatewayTimeout", retry,
     "the backup service did not respond to Azure's gateway in time, which usually passes within minutes"},
    {"ServerTimeout", retry, "Azure did not respond in time, which usually passes within minutes"},
    {"RequestTimeout", retry, "Azure did not respond in time, which usually passes within minutes"},
    {"InvalidGatewayHost", retry,
     "Azure's gateway cannot reach the backup service, which usually passes within minutes"},
    {"ServiceUnavailable", retry, "the service is not available, which usually passes within minutes"},
    {"ServerBusy", overload, "the service is overloaded, which may last for hours"},

    // ── responses without a code ──
    {"HTTP 400", fix_request,
     "Azure refused the request and gave no reason: compare the job file with azrestore-job(5)"},
    {"HTTP 401", fix_rights, "Azure does not accept the sign-in: run `azrestorectl status`"},
    {"HTTP 403", fix_rights,
     "the signed-in identity has no right to do this: check its roles on the vault and the targets"},
    {"HTTP 404", gone, "the resource in the request does not exist: check vault, VM and recovery point"},
    {"HTTP 409", wait, "another operation is changing the same resource: wait until it has finished"},
    {"HTTP 429", wait, "Azure received too many requests and asks for a pause"},
    {"HTTP 500", retry, "an error inside Azure, which usually passes within minutes"},
    {"HTTP 502", retry, "Azure's gateway cannot reach the backup service, which usually passes within minutes"},
    {"HTTP 503", retry, "the service is not available, which usually passes within minutes"},
    {"HTTP 504", retry,
     "the backup service did not respond to Azure's gateway in time, which usually passes within minutes"},
};

}  // namespace

std::span<const ErrorAdvice> azure_errors() {
  return errors;
}

}  // namespace azrestored
