// ARM's responses to lists and reads: items, recovery points, jobs, guards, the vault, a region's access token. Every
// reader gets every response. An accepted response has the facts that a restore needs and can be stored; a refused one
// gives a sentence.
#include <nlohmann/json.hpp>

#include "core/azure/arm_id.hpp"
#include "core/azure/backup_job.hpp"
#include "core/azure/protected_item.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/http/message.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/restore/choose_point.hpp"
#include "core/wire/cross_region.hpp"
#include "core/wire/lists.hpp"
#include "core/wire/requests.hpp"
#include "core/wire/vault.hpp"
#include "tests/fuzz/message.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

using nlohmann::json;

const ArmTarget arm = {"https://management.azure.com", "2025-02-01", "2021-11-15"};
const VaultId vault = {"sub", "vault-rg", "safe"};

/// The value, or nullptr for a refusal, whose sentence is checked.
template <class Read>
const Read* accepted(const Result<Read>& read) {
  if (read) return &*read;
  require_sentence(read.error().sentence());
  return nullptr;
}

/// Written into a row and read back, the value is the same.
template <class Value>
void require_same_when_stored(const Value& value) {
  const std::string stored = json(value).dump();
  require(json(json::parse(stored).get<Value>()).dump() == stored, "facts from Azure are the same in the row");
}

void check_point(const RecoveryPoint& point) {
  require(!point.id.empty(), "a recovery point has an id");
  require_same_when_stored(point);
  (void)effective_tier(point);
}

void check_lists(const HttpResponse& response) {
  const auto items = read_items(response);
  if (const auto* page = accepted(items)) {
    for (const ItemRow& row : page->rows) {
      require(!row.item.container.empty() && !row.item.item.empty(), "a protected item has a container and a name");
      (void)vm_id_of_container(vault, row.item.container);
    }
  }
  const auto points = read_points(response);
  if (const auto* page = accepted(points)) {
    for (const RecoveryPoint& point : page->rows) check_point(point);
    const PointFilter filter = {{}, {}, {"AppConsistent"}, {"HardenedRP"}, std::chrono::hours(36)};
    accepted(choose_point(LatestPoint{}, page->rows, Instant{}));
    accepted(choose_point(filter, page->rows, *parse_rfc3339("2026-11-20T10:00:00Z")));
  }
  const auto jobs = read_jobs(response);
  if (const auto* page = accepted(jobs)) {
    for (const JobRow& row : page->rows) require(!row.azure_job_id.empty(), "a backup job has an id");
  }
  const auto guards = read_guards(response);
  if (const auto* page = accepted(guards)) {
    for (const std::string& request : page->rows) require(!request.empty(), "a guard names its request");
  }
}

/// The access details are passed on unchanged, and the POST around them is JSON.
void check_access(const HttpResponse& response) {
  const auto access = read_access_details(response);
  const std::string* details = accepted(access);
  if (details == nullptr) return;
  const json properties = json::parse(response.body).at("properties");
  require_body(*details, properties);
  const RestoreScope place = {vault, "westus"};
  const json request = {{"recoveryPointId", "1"}};
  require_body(post_cross_region_restore(arm, place, *details, request).body,
               {{"crossRegionRestoreAccessDetails", properties}, {"restoreRequest", request}});
}

}  // namespace

void arm_answers(std::string_view input) {
  const HttpResponse response = answer_of(input);
  check_lists(response);
  const auto point = read_point(response);
  if (accepted(point) != nullptr) check_point(*point);
  const auto facts = read_vault_facts(response);
  if (accepted(facts) != nullptr) {
    require(!facts->location.empty(), "a vault has a location");
    require_same_when_stored(*facts);
  }
  check_access(response);
}

}  // namespace azrestored::fuzz
