// Reads lists of protected items, recovery points and backup jobs (azure-backup-api.md 1.4, 2.3, 2.4, 5.4).
#include <array>
#include <nlohmann/json.hpp>

#include "core/azure/azure_time.hpp"
#include "core/azure/status_words.hpp"
#include "core/base/text.hpp"
#include "core/http/percent_encoding.hpp"
#include "core/json/lenient.hpp"
#include "core/wire/lists.hpp"
#include "core/wire/response_body.hpp"
#include "core/wire/vault.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// The segment of an id after `marker`, up to the next slash, decoded. Names are cut out of Azure's ids, never built.
/// Azure percent-encodes the id of an item whose name is not ASCII (azure-backup-api.md 1.3).
std::string segment_after(std::string_view id, std::string_view marker) {
  for (std::size_t at = 0; at + marker.size() <= id.size(); ++at) {
    if (!iequals(id.substr(at, marker.size()), marker)) continue;
    const auto rest = id.substr(at + marker.size());
    return decode_segments(rest.substr(0, rest.find('/')));
  }
  return "";
}

/// The word of an enum, which older api-versions send as a number.
template <std::size_t N>
std::string word_of(const json& value, const std::array<std::string_view, N>& words) {
  if (value.is_number_integer()) {
    const auto index = value.get<std::int64_t>();
    return index >= 0 && static_cast<std::size_t>(index) < N ? std::string(words[static_cast<std::size_t>(index)]) : "";
  }
  const std::string text = text_of(value);
  for (const std::string_view word : words) {
    if (iequals(word, text)) return std::string(word);
  }
  return text;
}

constexpr std::array<std::string_view, 4> tier_types = {"Invalid", "InstantRP", "HardenedRP", "ArchivedRP"};

std::optional<RecoveryPoint> point_of(const json& row) {
  const json& properties = member(row, "properties");
  const auto time = parse_azure_time(text(properties, "recoveryPointTime"));
  const std::string id = text(row, "name");
  if (id.empty() || !time) return std::nullopt;
  RecoveryPoint point{id, *time, text(properties, "recoveryPointType"), {}, true};
  const json& tiers = member(properties, "recoveryPointTierDetails");
  point.no_valid_tier = tiers.is_array() && !tiers.empty();
  for (const json& tier : tiers) {
    const TierStatus status = tier_status(text(tier, "status"));
    if (is_readable(status)) point.tiers.push_back(word_of(member(tier, "type"), tier_types));
    if (status == TierStatus::rehydrated) point.rehydrated = true;
    // An unknown word proves nothing.
    if (is_readable(status) || status == TierStatus::unknown) point.no_valid_tier = false;
  }
  const json& lifetime = member(properties, "recoveryPointProperties");
  point.expires_at = parse_azure_time(text(lifetime, "expiryTime"));
  point.soft_deleted = flag(lifetime, "isSoftDeleted").value_or(false);
  point.managed = flag(properties, "isManagedVirtualMachine").value_or(true);
  point.encrypted = flag(properties, "isSourceVMEncrypted").value_or(false);
  point.private_access = flag(properties, "isPrivateAccessEnabledOnAnyDisk");
  point.original_storage_account = flag(properties, "originalStorageAccountOption");
  point.zones = texts(properties, "zones");
  point.os_type = text(properties, "osType");
  point.size = text(properties, "virtualMachineSize");
  point.security_type = text(properties, "securityType");
  point.extended_location = text(member(properties, "extendedLocation"), "name");
  const json& disks = member(properties, "recoveryPointDiskConfiguration");
  point.disks_included = count(disks, "numberOfDisksIncludedInBackup");
  point.disks_attached = count(disks, "numberOfDisksAttachedToVm");
  return point;
}

/// The sentences of healthDetails.
std::vector<std::string> health_details_of(const json& properties) {
  std::vector<std::string> found;
  for (const json& detail : member(properties, "healthDetails")) {
    std::string said = text(detail, "message");
    if (said.empty()) said = text(detail, "title");
    if (!said.empty()) found.push_back(std::move(said));
  }
  return found;
}

/// False for a database inside a VM, a file share and other workloads. Their rows can name the VM in sourceResourceId,
/// and come if Azure does not apply our filter (azure-backup-api.md 1.4). A member that is missing says nothing.
bool is_vm_item(const json& properties) {
  const std::string management = text(properties, "backupManagementType");
  const std::string workload = text(properties, "workloadType");
  const std::string type = to_lower(text(properties, "protectedItemType"));
  return (management.empty() || iequals(management, "AzureIaasVM")) && (workload.empty() || iequals(workload, "VM")) &&
         (type.empty() || type.ends_with("/virtualmachines") || type == "azureiaasvmprotecteditem");
}

std::optional<ItemRow> item_of(const json& row) {
  const std::string id = text(row, "id");
  const json& properties = member(row, "properties");
  if (!is_vm_item(properties)) return std::nullopt;
  ItemRow item{{segment_after(id, "/protectionContainers/"), segment_after(id, "/protectedItems/"),
                decode_segments(text(properties, "sourceResourceId"))},
               decode_segments(text(properties, "friendlyName")),
               decode_segments(text(properties, "virtualMachineId"))};
  if (item.item.source_resource_id.empty()) item.item.source_resource_id = item.virtual_machine_id;
  item.protection_state = text(properties, "protectionState");
  item.health = text(properties, "healthStatus");
  if (item.health.empty()) item.health = text(properties, "protectionStatus");
  item.health_details = health_details_of(properties);
  item.last_backup_status = text(properties, "lastBackupStatus");
  item.last_backup_at = parse_azure_time(text(properties, "lastBackupTime"));
  item.never_backed_up = means_never(text(properties, "lastBackupTime"));
  item.last_point_at = parse_azure_time(text(properties, "lastRecoveryPoint"));
  item.policy = text(properties, "policyName");
  item.soft_deleted = flag(properties, "isScheduledForDeferredDelete").value_or(false);
  if (item.item.container.empty() || item.item.item.empty()) return std::nullopt;
  return item;
}

/// False for a backup job that cannot be a restore of a VM. Such a row comes if Azure does not apply our filter. A
/// member that is missing says nothing.
bool may_be_vm_restore(const json& properties) {
  const std::string operation = to_lower(text(properties, "operation"));
  const std::string management = text(properties, "backupManagementType");
  return (operation.empty() || operation.find("restore") != std::string::npos) &&
         (management.empty() || iequals(management, "AzureIaasVM"));
}

std::optional<JobRow> job_of(const json& row) {
  const json& properties = member(row, "properties");
  if (!may_be_vm_restore(properties)) return std::nullopt;
  JobRow job{text(row, "name"), text(properties, "status"), text(properties, "activityId"),
             decode_segments(text(properties, "entityFriendlyName"))};
  job.duration = parse_azure_duration(text(properties, "duration"));
  // A row without a name must not be skipped: if it has our request id, the search would conclude that nothing was
  // started.
  if (job.azure_job_id.empty()) job.azure_job_id = last_segment(text(row, "id"));
  if (job.azure_job_id.empty()) return std::nullopt;
  return job;
}

/// {"value": [...], "nextLink": url|null}. Rows that `read_row` cannot read are skipped.
template <class Row, class ReadRow>
Result<Page<Row>> read_page(const HttpResponse& response, ReadRow read_row) {
  const auto body = body_of(response);
  if (!body) return body.error();
  const json& value = member(*body, "value");
  if (!value.is_array()) return Error(ErrorKind::transient, "the list in the response has no member \"value\"");
  Page<Row> page;
  for (const json& row : value) {
    if (auto read = read_row(row)) page.rows.push_back(std::move(*read));
  }
  page.next = text(*body, "nextLink");
  return page;
}

}  // namespace

Result<Page<ItemRow>> read_items(const HttpResponse& response) {
  return read_page<ItemRow>(response, item_of);
}
Result<Page<RecoveryPoint>> read_points(const HttpResponse& response) {
  return read_page<RecoveryPoint>(response, point_of);
}
Result<Page<JobRow>> read_jobs(const HttpResponse& response) {
  return read_page<JobRow>(response, job_of);
}

Result<Page<std::string>> read_guards(const HttpResponse& response) {
  auto requests = read_guard_requests(response);
  if (!requests) return requests.error();
  return Page<std::string>{std::move(*requests), text(json::parse(response.body, nullptr, false), "nextLink")};
}

Result<RecoveryPoint> read_point(const HttpResponse& response) {
  const auto body = body_of(response);
  if (!body) return body.error();
  auto point = point_of(*body);
  if (!point) return Error(ErrorKind::transient, "the recovery point in the response has no name or no time");
  return std::move(*point);
}

}  // namespace azrestored
