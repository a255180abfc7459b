#include "core/queries/inventory.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/case_folding.hpp"
#include "core/base/utf8.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/json/fault.hpp"
#include "core/restore/choose_point.hpp"
#include "core/restore/find_item.hpp"
#include "core/restore/point_obstacles.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

json text_or_null(std::string_view text) {
  return text.empty() ? json() : json(text);
}

json time_or_null(const std::optional<Instant>& at) {
  return at ? json(to_rfc3339(*at)) : json();
}

template <class T>
json known_or_null(const std::optional<T>& known) {
  return known ? json(*known) : json();
}

/// Why a list could not be read, with Azure's message.
Error refusal_of(const Event& event) {
  const auto* refused = std::get_if<ReadRefused>(&event.what);
  const auto* failed = std::get_if<ReadFailed>(&event.what);
  const Problem problem = refused != nullptr ? refused->problem : failed != nullptr ? failed->problem : Problem{};
  std::string sentence = problem.text();
  if (problem.http_status != 0) {
    sentence += " (HTTP " + std::to_string(problem.http_status);
    if (!problem.request_id.empty()) sentence += ", request id " + problem.request_id;
    sentence += ")";
  }
  ErrorKind kind = refused != nullptr ? ErrorKind::refused : ErrorKind::transient;
  if (problem.code == "SignIn" || problem.http_status == 401 || problem.http_status == 403)
    kind = ErrorKind::unauthorized;
  if (problem.http_status == 404) kind = ErrorKind::not_found;
  if (problem.http_status == 429) kind = ErrorKind::throttled;
  return {kind, sentence};
}

Error no_such_profile(const ArmClients& sessions, const std::string& auth) {
  return {ErrorKind::not_found, "the settings have no sign-in profile \"" + printable(auth) +
                                    "\"; they have: " + quoted_alternatives(sessions.names())};
}

ArmTarget target_of(const ArmClient& arm, const VaultQuestion& where) {
  return where.cross_region.empty() ? arm.target() : secondary_region(arm.target());
}

asio::awaitable<Result<std::vector<ItemRow>>> items_of(ArmClient& arm, Clock& clock, VaultQuestion where) {
  HttpRequest request = list_items(target_of(arm, where), where.vault);
  auto rows = co_await arm.list_all(std::move(request), &read_items, clock.now(), RequestPriority::urgent());
  if (const auto* event = std::get_if<Event>(&rows)) co_return refusal_of(*event);
  co_return std::move(std::get<PagedList<ItemRow>>(rows).rows);
}

/// The members that both results begin with.
json place_view(const VaultQuestion& where) {
  return {{"vault", where.vault.arm_id()}, {"region", text_or_null(where.cross_region)}};
}

json vm_view(const ItemRow& row) {
  const auto source = ArmId::parse(row.item.source_resource_id);
  return {{"name", row.friendly_name.empty() ? last_segment(row.item.source_resource_id) : row.friendly_name},
          {"resourceGroup", source ? text_or_null(source->resource_group) : json()},
          {"sourceResourceId", text_or_null(row.item.source_resource_id)},
          {"container", row.item.container},
          {"item", row.item.item},
          {"protectionState", text_or_null(row.protection_state)},
          {"health", text_or_null(row.health)},
          {"healthDetails", row.health_details},
          {"lastBackupAt", time_or_null(row.last_backup_at)},
          {"lastBackupStatus", text_or_null(row.last_backup_status)},
          {"lastRecoveryPointAt", time_or_null(row.last_point_at)},
          {"policy", text_or_null(row.policy)},
          {"neverBackedUp", row.never_backed_up},
          {"softDeleted", row.soft_deleted}};
}

/// Why Azure cannot restore the point: "is soft-deleted".
json obstacle_or_null(const RecoveryPoint& point, Instant now) {
  std::vector<std::string> predicates;
  for (PointObstacle& obstacle : obstacles_of(point, now)) predicates.push_back(std::move(obstacle.predicate));
  return predicates.empty() ? json() : json(join_and(predicates));
}

json point_view(const RecoveryPoint& point, bool picked, Instant now) {
  return {{"id", point.id},
          {"time", to_rfc3339(point.time)},
          {"consistency", text_or_null(point.consistency)},
          {"tier", text_or_null(effective_tier(point))},
          {"tiers", point.tiers},
          {"disks", known_or_null(point.disks_included)},
          {"disksAttached", known_or_null(point.disks_attached)},
          {"zones", point.zones},
          {"encrypted", point.encrypted},
          {"managed", point.managed},
          {"osType", text_or_null(point.os_type)},
          {"size", text_or_null(point.size)},
          {"securityType", text_or_null(point.security_type)},
          {"expiresAt", time_or_null(point.expires_at)},
          {"softDeleted", point.soft_deleted},
          {"obstacle", obstacle_or_null(point, now)},
          {"picked", picked}};
}

/// The point that a job would restore. An item that Azure cannot restore has none.
Result<RecoveryPoint> picked_point(const PointsQuestion& question, const KnownItem& item,
                                   const std::vector<RecoveryPoint>& points, Instant now) {
  if (const auto obstacle = item_obstacle(item, question.where.vault))
    return Error(ErrorKind::refused, obstacle->message);
  auto picked = choose_point(question.rule, points, now);
  if (picked || !points.empty() || !item.never_backed_up) return picked;
  return Error(ErrorKind::refused, item_doubt(item));
}

json points_view(const PointsQuestion& question, const KnownItem& known, std::vector<RecoveryPoint> points,
                 Instant now) {
  const auto picked = picked_point(question, known, points, now);
  const ProtectedItem& item = known.item;
  const std::size_t total = points.size();
  std::erase_if(points, [&](const RecoveryPoint& point) { return !matches(question.rule, point, now); });
  std::ranges::stable_sort(points, std::greater{}, &RecoveryPoint::time);
  json view = place_view(question.where);
  view["name"] = last_segment(item.source_resource_id);
  view["sourceResourceId"] = text_or_null(item.source_resource_id);
  view["container"] = item.container;
  view["item"] = item.item;
  view["total"] = total;
  view["picked"] = picked ? json(picked->id) : json();
  view["whyNone"] = picked ? json() : json(picked.error().sentence());
  view["points"] = json::array();
  for (const RecoveryPoint& point : points) {
    view["points"].push_back(point_view(point, picked && point.id == picked->id, now));
  }
  return view;
}

}  // namespace

asio::awaitable<Result<json>> protected_vms(const ArmClients& sessions, Clock& clock, VaultQuestion question) {
  ArmClient* arm = sessions.find(question.auth);
  if (arm == nullptr) co_return no_such_profile(sessions, question.auth);
  const auto rows = co_await items_of(*arm, clock, question);
  if (!rows) co_return rows.error();
  std::vector<json> vms;
  for (const ItemRow& row : *rows) vms.push_back(vm_view(row));
  std::ranges::stable_sort(vms, {}, [](const json& vm) { return fold_case(vm.at("name").get<std::string>()); });
  json view = place_view(question);
  view["vms"] = std::move(vms);
  co_return view;
}

asio::awaitable<Result<json>> recovery_points(const ArmClients& sessions, Clock& clock, PointsQuestion question) {
  ArmClient* arm = sessions.find(question.where.auth);
  if (arm == nullptr) co_return no_such_profile(sessions, question.where.auth);
  auto rows = co_await items_of(*arm, clock, question.where);
  if (!rows) co_return rows.error();
  std::vector<KnownItem> items;
  for (ItemRow& row : *rows) items.push_back(known_item(std::move(row)));
  const auto item = find_item(question.vm, question.where.vault, items);
  if (!item) co_return item.error();
  HttpRequest request = list_points(target_of(*arm, question.where), question.where.vault, item->item);
  auto points = co_await arm->list_all(std::move(request), &read_points, clock.now(), RequestPriority::urgent());
  if (const auto* event = std::get_if<Event>(&points)) co_return refusal_of(*event);
  auto& list = std::get<PagedList<RecoveryPoint>>(points);
  co_return points_view(question, *item, std::move(list.rows), list.azure_time.value_or(clock.now()));
}

}  // namespace azrestored
