// The state file: which vaults, items, recovery points and clients exist, and how each item's restores will go.
// `parse_state` accepts exactly the grammar below; anything else, unknown members included, is a StateError whose
// sentence names the place ("vaults[0].items[1].restore.result: ...").
//
//   state    = {"vaults":[vault], "clients":[client]?, "accessTokens":[text | {"token","tenantId"}]?, "imds":imds?,
//               "appService":appService?, "arc":arc?, "tokenErrors":[tokenError]?}
//
//   vault    = {"id", "location", "secondaryRegion"?, "identity":{"systemAssigned":bool?, "userAssigned":[id]?}?,
//               "redundancy"?, "crossRegionRestore"?, "crossSubscriptionRestore"?, "multiUserAuthorization"?,
//               "resourceGuards":[guard]?, "tenants":[tenant id]?, "permissions":[permission]?, "items":[item]?}
//     redundancy (GeoRedundant), crossRegionRestore (Enabled), crossSubscriptionRestore (Enabled) and
//     multiUserAuthorization (Enabled with a guard, else Disabled) have these values when absent; null leaves the
//     member out of `GET V`, as older answers do. Without secondaryRegion nothing can be restored across regions. With
//     tenants, only their tokens are good for the vault. What the permissions do not give is refused; without them
//     everything is given.
//   permission = {"actions":[text]?, "notActions":[text]?}    as Azure's roles have them, with *
//   guard    = {"id", "tenant"?, "operations":[{"vaultCriticalOperation","defaultResourceRequest"}]?}
//     Without operations it guards four, the restore among them. With a tenant, a guarded restore needs a token of that
//     tenant in x-ms-authorization-auxiliary.
//
//   item     = {"vm", "container"?, "item"?, "points":[point]?, "secondaryPoints":[point]?, "restore":script?}
//     Names are made from the VM id when absent. secondaryPoints are what the cross-region api-versions list: points of
//     the vault tier (by default) or of the archive, with names of their own.
//   point    = {"name", "time", "type"?, "tiers":[{"type","status"}]?, "managed"?, "disks":[lun]?,
//               "excludedDisks":[lun]?, "encrypted"?, "privateAccess"?, "originalStorageAccountOption"?, "osType"?,
//               "vmSize"?, "zones":[text]?, "securityType"?, "extendedLocation":name?}
//     tier type: Invalid, InstantRP, HardenedRP, ArchivedRP; status: Invalid, Valid, Disabled, Deleted, Rehydrated.
//   script   = {"operationSeconds"?, "jobSeconds"?, "cancelSeconds"?, "result"?, "operationResult"?, "error"?,
//               "jobIdEqualsOperationId"?, "cancel"?, "cancellableFraction"?, "alwaysCancellable"?,
//               "rehydrationSeconds"?, "propertyBag":{key: text|null}?, "validation":[finding]?,
//               "validationTakesSeconds"?, "validationOutcome":"succeeded"|"failed"?, "accessTokenSeconds"?,
//               "oddAccessToken":bool?}
//     propertyBag replaces members of every restore job's bag; null removes one. Without validation a pre-flight's
//     answer lacks the list; [] is an empty one. validationOutcome "failed" ends the pre-flight's own operation with
//     `error`. accessTokenSeconds is the life of a cross-region access token. Unless oddAccessToken is false, that
//     token holds what only a faithful copy keeps: members nobody declared, and integers beyond 2^53.
//   error    = {"errorCode"?, "errorTitle"?, "errorString"?, "recommendations":[text]?}
//   finding  = {"code", "message"?, "recommendations":[text]?}
//
//   client   = {"tenantId", "clientId", "secret"?, "certificate"?, "federatedAssertions":[text]?}
//     One way to sign in or several. certificate: the public one, as PEM text or as a path of a PEM file.
//   imds     = {"enabled":bool?, "tenantId"?, "systemAssigned":bool?, "identities":[identity]?}
//     Without identities every id that is asked for is known. Also of the VM extension, POST /oauth2/token.
//   appService = {"header", "tenantId"?, "systemAssigned":bool?, "identities":[identity]?}
//     GET /msi/token; header is the secret of X-IDENTITY-HEADER.
//   arc      = {"file", "content"?, "tenantId"?}    the challenge names file; without content the file itself is read
//     then. Answers the metadata path for the api-versions 2019-11-01 and 2020-06-01, so IMDS has the others.
//   identity = {"clientId"?, "objectId"?, "resourceId"?}
//   tokenError = {"status", "body":object?, "headers":{name: text}?, "times"?, "endpoint"?, "tenantId"?}
//     The first that fits answers a request for a token, `times` times (1). endpoint: token, imds, appService or arc.
//     POST /_sim/tokens/errors {"tokenErrors":[...]} replaces what is left of the list.
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
/// vanishes: the operation's record is gone when it should be done, the job exists all the same.
/// succeeded_without_job: the status says Succeeded but names no job (API.md 4.4), the job exists all the same.
enum class OperationOutcome { succeeded, failed, vanishes, succeeded_without_job };
enum class CancelScript { accept, refuse, accept_then_refuse };
enum class ValidationOutcome { succeeded, failed };

struct TierSpec {
  int type = 1;  // numbers of API.md 2.4
  int status = 1;
};

struct PointSpec {
  std::string name;
  Instant time;
  std::string type = "AppConsistent";
  std::vector<TierSpec> tiers;
  bool managed = true;
  std::vector<int> disks;           // LUNs of data disks; the OS disk (-1) is always there
  std::vector<int> excluded_disks;  // not empty: a selective backup
  bool encrypted = false;
  bool private_access = false;
  bool original_storage_account_option = false;
  std::string os_type = "Linux";
  std::string vm_size = "Standard_D2s_v5";
  std::vector<std::string> zones;
  std::string security_type = "None";
  std::string extended_location;  // an edge zone's name, or ""
};

struct Finding {
  std::string code, message;
  std::vector<std::string> recommendations;
};

struct ErrorSpec {
  int code = 400003;
  std::string title = "RestoreOperationFailed";
  std::string text = "The simulated restore was told to fail.";
  std::vector<std::string> recommendations{"Change the state file and try once more."};
};

struct RestoreScript {
  double operation_seconds = 5;
  double job_seconds = 120;
  double cancel_seconds =
      2;  // a cancel's operation takes this long, and after it the job is Cancelling for as long again
  JobOutcome result = JobOutcome::completed;
  OperationOutcome operation_result = OperationOutcome::succeeded;
  ErrorSpec error;
  bool job_id_equals_operation_id = true;
  CancelScript cancel = CancelScript::accept;
  double cancellable_fraction = 0.9;  // of the job's length; later cancels are refused
  bool always_cancellable = false;    // actionsInfo says Cancellable to the end and beyond, as recorded jobs do
  double rehydration_seconds = 60;    // before the transfer, when the order asks for a rehydration
  std::vector<std::pair<std::string, std::optional<std::string>>> property_bag;
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
  RestoreScript restore;
};

struct GuardedOperation {
  std::string operation, request;
};

struct GuardSpec {
  std::string id, tenant;
  std::vector<GuardedOperation> operations;
};

/// What a role gives, and what it leaves out of that.
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
};

struct ClientSpec {
  std::string tenant_id, client_id, secret;
  std::string certificate;  // PEM text
  std::vector<std::string> federated_assertions;
};

struct StaticToken {
  std::string token, tenant_id;  // no tenant: good everywhere
};

struct IdentitySpec {
  std::string client_id, object_id, resource_id;
};

/// Which managed identities a host has.
struct HostIdentities {
  std::string tenant_id;  // of the tokens; "": good everywhere
  bool system_assigned = true;
  std::optional<std::vector<IdentitySpec>> user_assigned;  // none: whatever is asked for is known
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
