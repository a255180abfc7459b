// The state file: which vaults, items, recovery points and clients exist, and how each item's restores will go.
// `parse_state` accepts exactly the grammar below; anything else, unknown members included, is a StateError whose
// sentence names the place ("vaults[0].items[1].restore.result: ...").
//
//   state    = {"vaults":[vault], "clients":[{"tenantId","clientId","secret"}]?, "accessTokens":[text]?,
//   "imds":{"enabled":bool}?} vault    = {"id", "location", "items":[item]?} item     = {"vm", "container"?, "item"?,
//   "points":[point]?, "restore":script?}      names are made from the VM id when absent point    = {"name", "time",
//   "type"?, "tiers":[{"type","status"}]?, "managed"?, "disks":[lun]?, "excludedDisks":[lun]?,
//               "encrypted"?, "privateAccess"?, "originalStorageAccountOption"?, "osType"?, "vmSize"?, "zones":[text]?}
//   script   = {"operationSeconds"?, "jobSeconds"?, "cancelSeconds"?, "result"?, "operationResult"?, "error"?,
//               "jobIdEqualsOperationId"?, "cancel"?, "cancellableFraction"?, "alwaysCancellable"?}
//   error    = {"errorCode"?, "errorTitle"?, "errorString"?, "recommendations":[text]?}
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "dotnet_time.hpp"

namespace azsim {

struct StateError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class JobOutcome { completed, completed_with_warnings, failed };
/// vanishes: the operation's record is gone when it should be done, the job exists all the same.
/// succeeded_without_job: the status says Succeeded but names no job (API.md 4.4), the job exists all the same.
enum class OperationOutcome { succeeded, failed, vanishes, succeeded_without_job };
enum class CancelScript { accept, refuse, accept_then_refuse };

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
};

struct ItemSpec {
  std::string vm;         // ARM id
  std::string container;  // path segment, with its prefix
  std::string item;       // path segment
  std::vector<PointSpec> points;
  RestoreScript restore;
};

struct VaultSpec {
  std::string id;
  std::string location;
  std::vector<ItemSpec> items;
};

struct ClientSpec {
  std::string tenant_id, client_id, secret;
};

struct State {
  std::vector<VaultSpec> vaults;
  std::vector<ClientSpec> clients;
  std::vector<std::string> access_tokens;
  bool imds_enabled = true;
};

/// Throws StateError.
[[nodiscard]] State parse_state(const std::string& text);
[[nodiscard]] State read_state_file(const std::string& path);
/// A complete file that `parse_state` accepts.
[[nodiscard]] std::string example_state();

}  // namespace azsim
