// The state file: the vaults, items, recovery points and clients that exist, and how the restores of each item run.
// `parse_state` accepts exactly the grammar below; anything else, unknown members included, is a StateError whose
// sentence names the place ("vaults[0].items[1].restore.result: ...").
//
//   state    = {"vaults":[vault], "clients":[client]?, "accessTokens":[text | {"token","tenantId"}]?, "imds":imds?,
//               "appService":appService?, "arc":arc?, "tokenErrors":[tokenError]?}
//
//   vault    = {"id", "location", "secondaryRegion"?, "identity":{"systemAssigned":bool?, "userAssigned":[id]?}?,
//               "redundancy"?, "crossRegionRestore"?, "crossSubscriptionRestore"?, "multiUserAuthorization"?,
//               "resourceGuards":[guard]?, "tenants":[tenant id]?, "permissions":[permission]?, "items":[item]?,
//               "otherItems":[object]?}
//     redundancy (GeoRedundant), crossRegionRestore (Enabled), crossSubscriptionRestore (Enabled) and
//     multiUserAuthorization (Enabled with a guard, otherwise Disabled) have these values if absent; null leaves the
//     member out of `GET V`, as in older responses. Without secondaryRegion no restore across regions is possible. With
//     tenants, only their tokens are valid for the vault. An action that the permissions do not include is refused;
//     without permissions every action is allowed. otherItems are rows of other workloads, which the list of items
//     returns as they are, whatever its filter says.
//   permission = {"actions":[text]?, "notActions":[text]?}    as in Azure's roles, with *
//   guard    = {"id", "tenant"?, "operations":[{"vaultCriticalOperation","defaultResourceRequest"}]?}
//     Without operations it guards four, including the restore. With a tenant, a guarded restore needs a token of that
//     tenant in x-ms-authorization-auxiliary.
//
//   item     = {"vm", "container"?, "item"?, "points":[point]?, "secondaryPoints":[point]?, "softDeleted"?,
//               "restore":script?}
//     Nothing of a soft-deleted item can be restored. An item without points was never backed up.
//     If absent, names are made from the VM id. secondaryPoints are listed by the cross-region api-versions: points of
//     the vault tier (by default) or of the archive, with different names.
//   point    = {"name", "time", "type"?, "tiers":[{"type","status"}]?, "managed"?, "disks":[lun]?,
//               "excludedDisks":[lun]?, "encrypted"?, "privateAccess"?, "originalStorageAccountOption"?, "osType"?,
//               "vmSize"?, "zones":[text]?, "securityType"?, "extendedLocation":name?, "softDeleted"?, "expires":time?}
//     A soft-deleted point cannot be restored. expires is only reported; without it, ten years after time.
//     tier type: Invalid, InstantRP, HardenedRP, ArchivedRP; status: Invalid, Valid, Disabled, Deleted, Rehydrated.
//   script   = {"operationSeconds"?, "jobSeconds"?, "cancelSeconds"?, "result"?, "operationResult"?, "error"?,
//               "jobIdEqualsOperationId"?, "cancel"?, "cancellableFraction"?, "alwaysCancellable"?,
//               "rehydrationSeconds"?, "propertyBag":{key: text|null}?, "endTasks":{task: status}?,
//               "validation":[finding]?, "validationTakesSeconds"?,
//               "validationOutcome":"succeeded"|"failed"|"no-verdict"?, "accessTokenSeconds"?, "oddAccessToken":bool?}
//     propertyBag replaces members of every restore job's bag; null removes one. endTasks are the tasks of a restore
//     job that has ended, in place of its own. Without validation the response of a pre-flight lacks the list; [] is an
//     empty one. validationOutcome "failed" ends the pre-flight's own operation with `error`; "no-verdict" ends it as
//     Succeeded without a result. accessTokenSeconds is the lifetime of a cross-region access token. Unless
//     oddAccessToken is false, that token has undeclared members and integers beyond 2^53, which only an exact copy
//     preserves.
//   error    = {"errorCode"?, "errorTitle"?, "errorString"?, "recommendations":[text]?}
//   finding  = {"code", "message"?, "recommendations":[text]?}
//
//   client   = {"tenantId", "clientId", "secret"?, "certificate"?, "federatedAssertions":[text]?}
//     One sign-in method or several. certificate: the public one, as PEM text or as a path of a PEM file.
//   imds     = {"enabled":bool?, "tenantId"?, "systemAssigned":bool?, "identities":[identity]?}
//     Without identities every requested id exists. Also for the VM extension, POST /oauth2/token.
//   appService = {"header", "tenantId"?, "systemAssigned":bool?, "identities":[identity]?}
//     GET /msi/token; header is the secret of X-IDENTITY-HEADER.
//   arc      = {"file", "content"?, "tenantId"?}    the challenge names file; without content the file is read at the
//     challenge. Answers the metadata path for the api-versions 2019-11-01 and 2020-06-01, so IMDS has the others.
//   identity = {"clientId"?, "objectId"?, "resourceId"?}
//   tokenError = {"status", "body":object?, "headers":{name: text}?, "times"?, "endpoint"?, "tenantId"?}
//     The first match answers a token request, `times` times (default 1). endpoint: token, imds, appService or arc.
//     POST /_sim/tokens/errors {"tokenErrors":[...]} replaces the rest of the list.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "dotnet_time.hpp"
#include "json.hpp"

namespace azsim {

struct StateError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class JobOutcome { completed, completed_with_warnings, failed };
/// vanishes: the operation's record disappears when the operation should end, although the job exists.
/// succeeded_without_job: the status is Succeeded but names no job (azure-backup-api.md 4.4), although the job exists.
enum class OperationOutcome { succeeded, failed, vanishes, succeeded_without_job };
enum class CancelScript { accept, refuse, accept_then_refuse };
enum class ValidationOutcome { succeeded, failed, no_verdict };

struct TierSpec {
  int type = 1;  // numbers of azure-backup-api.md 2.4
  int status = 1;
};

struct PointSpec {
  std::string name;
  Instant time;
  std::string type = "AppConsistent";
  std::vector<TierSpec> tiers;
  bool managed = true;
  std::vector<int> disks;           // LUNs of data disks; the OS disk (-1) is always present
  std::vector<int> excluded_disks;  // not empty: a selective backup
  bool encrypted = false;
  bool private_access = false;
  bool original_storage_account_option = false;
  std::string os_type = "Linux";
  std::string vm_size = "Standard_D2s_v5";
  std::vector<std::string> zones;
  std::string security_type = "None";
  std::string extended_location;  // an edge zone's name, or ""
  bool soft_deleted = false;
  std::optional<Instant> expires;
};

struct Finding {
  std::string code, message;
  std::vector<std::string> recommendations;
};

struct ErrorSpec {
  int code = 400003;
  std::string title = "RestoreOperationFailed";
  std::string text = "The state file makes this simulated restore fail.";
  std::vector<std::string> recommendations{"Change the state file and try again."};
};

struct RestoreScript {
  double operation_seconds = 5;
  double job_seconds = 120;
  double cancel_seconds = 2;  // duration of a cancel's operation; after it, the job is Cancelling for the same time
  JobOutcome result = JobOutcome::completed;
  OperationOutcome operation_result = OperationOutcome::succeeded;
  ErrorSpec error;
  bool job_id_equals_operation_id = true;
  CancelScript cancel = CancelScript::accept;
  double cancellable_fraction = 0.9;  // of the job's length; later cancels are refused
  bool always_cancellable = false;    // actionsInfo has Cancellable even after the end, as in recorded jobs
  double rehydration_seconds = 60;    // before the transfer, if the restore requests a rehydration
  std::vector<std::pair<std::string, std::optional<std::string>>> property_bag;
  std::vector<std::pair<std::string, std::string>> end_tasks;
  std::optional<std::vector<Finding>> validation;
  double validation_seconds = 1;
  ValidationOutcome validation_outcome = ValidationOutcome::succeeded;
  double access_token_seconds = 3600;
  bool odd_access_token = true;
};

struct ItemSpec {
  std::string vm;         // ARM id
  std::string container;  // path segment, with its prefix
  std::string item;       // path segment
  std::vector<PointSpec> points, secondary_points;
  bool soft_deleted = false;
  RestoreScript restore;
};

struct GuardedOperation {
  std::string operation, request;
};

struct GuardSpec {
  std::string id, tenant;
  std::vector<GuardedOperation> operations;
};

/// The actions of a role, and those that it excludes.
struct PermissionSpec {
  std::vector<std::string> actions, not_actions;
};

/// Members of `GET V`; an empty optional is left out of the answer.
using VaultFact = std::optional<std::string>;

struct VaultSpec {
  std::string id;
  std::string location, secondary_region;
  bool system_identity = false;
  std::vector<std::string> user_identities;
  VaultFact redundancy = "GeoRedundant", cross_region = "Enabled", cross_subscription = "Enabled",
            multi_user = "Disabled";
  std::vector<GuardSpec> guards;
  std::vector<std::string> tenants;
  std::vector<PermissionSpec> permissions = {{{"*"}, {}}};
  std::vector<ItemSpec> items;
  std::vector<Json> other_items;
};

struct ClientSpec {
  std::string tenant_id, client_id, secret;
  std::string certificate;  // PEM text
  std::vector<std::string> federated_assertions;
};

struct StaticToken {
  std::string token, tenant_id;  // no tenant: valid everywhere
};

struct IdentitySpec {
  std::string client_id, object_id, resource_id;
};

/// Which managed identities a host has.
struct HostIdentities {
  std::string tenant_id;  // of the tokens; "": valid everywhere
  bool system_assigned = true;
  std::optional<std::vector<IdentitySpec>> user_assigned;  // none: every identity is known
};

struct AppServiceSpec {
  std::string header;
  HostIdentities identities;
};

struct ArcSpec {
  std::string file, tenant_id;
  std::optional<std::string> content;
};

struct TokenError {
  unsigned status = 400;
  Json body = Json::object();
  std::vector<std::pair<std::string, std::string>> headers;
  int times = 1;
  std::string endpoint, tenant_id;  // "": any
};

struct State {
  std::vector<VaultSpec> vaults;
  std::vector<ClientSpec> clients;
  std::vector<StaticToken> access_tokens;
  bool imds_enabled = true;
  HostIdentities imds;
  std::optional<AppServiceSpec> app_service;
  std::optional<ArcSpec> arc;
  std::vector<TokenError> token_errors;
};

/// Throws StateError.
[[nodiscard]] State parse_state(const std::string& text);
/// {"tokenErrors":[...]}; throws StateError.
[[nodiscard]] std::vector<TokenError> parse_token_errors(const std::string& text);
[[nodiscard]] State read_state_file(const std::string& path);
/// A complete file that `parse_state` accepts.
[[nodiscard]] std::string example_state();

}  // namespace azsim
