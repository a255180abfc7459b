// See journal.hpp.
#include "journal.hpp"

#include <stdexcept>
#include <utility>

#include "world.hpp"

namespace azsim {
namespace {

/// The vault, item and point of a restore or validation, by their names in the state file.
template <class Subject>
Json place_of(const Subject& subject) {
  Json json;
  json["vault"] = subject.vault->id;
  json["container"] = subject.item->container;
  json["item"] = subject.item->item;
  json["point"] = subject.point->name;
  json["requestId"] = subject.request_id;
  json["body"] = subject.body;
  json["signed"] = subject.signed_urls;
  return json;
}

template <class Subject>
void set_place(Subject& subject, const Json& json, const World& world) {
  subject.vault = world.find_vault(json.at("vault").get<std::string>());
  if (subject.vault == nullptr)
    throw std::runtime_error("the journal is of another state file: its vault does not exist");
  subject.item =
      World::find_item(*subject.vault, json.at("container").get<std::string>(), json.at("item").get<std::string>());
  if (subject.item == nullptr)
    throw std::runtime_error("the journal is of another state file: its item does not exist");
  const auto point = json.at("point").get<std::string>();
  subject.point = World::find_point(subject.item->points, point);
  if (subject.point == nullptr) subject.point = World::find_point(subject.item->secondary_points, point);
  if (subject.point == nullptr)
    throw std::runtime_error("the journal is of another state file: its point does not exist");
  subject.request_id = json.at("requestId").get<std::string>();
  subject.body = json.at("body");
  subject.signed_urls = json.at("signed").get<bool>();
}

}  // namespace

Journal::Journal(const std::string& path) {
  if (path.empty()) return;
  std::ifstream old(path);
  for (std::string line; std::getline(old, line);) {
    Json json = Json::parse(line, nullptr, false);
    if (json.is_object()) earlier_.push_back(std::move(json));
  }
  file_.open(path, std::ios::app);
  if (!file_) throw std::runtime_error("the journal '" + path + "' cannot be opened");
  if (!earlier_.empty()) file_ << '\n';  // after a line that a kill may have cut off
}

void Journal::write(const Json& line) {
  if (file_.is_open()) file_ << line.dump() << '\n' << std::flush;
}

Json to_json(const RestoreOrder& order) {
  Json json = place_of(order);
  json["region"] = order.region;
  json["recoveryType"] = order.recovery_type;
  json["properties"] = order.properties;
  json["tenant"] = order.caller.tenant;
  json["auxiliaryTenants"] = order.caller.auxiliary_tenants;
  return json;
}

RestoreOrder restore_order(const Json& json, const World& world) {
  RestoreOrder order;
  set_place(order, json, world);
  order.region = json.at("region").get<std::string>();
  order.recovery_type = json.at("recoveryType").get<std::string>();
  order.properties = json.at("properties");
  order.caller.tenant = json.at("tenant").get<std::string>();
  order.caller.auxiliary_tenants = json.at("auxiliaryTenants").get<std::vector<std::string>>();
  return order;
}

Json to_json(const Validation& validation) {
  Json json = place_of(validation);
  json["findings"] = Json();
  if (!validation.findings) return json;
  json["findings"] = Json::array();
  for (const Finding& finding : *validation.findings) {
    Json row;
    row["code"] = finding.code;
    row["message"] = finding.message;
    row["recommendations"] = finding.recommendations;
    json["findings"].push_back(std::move(row));
  }
  return json;
}

Validation validation_of(const Json& json, const World& world) {
  Validation validation;
  set_place(validation, json, world);
  if (json.at("findings").is_null()) return validation;
  validation.findings.emplace();
  for (const Json& row : json.at("findings")) {
    Finding finding;
    finding.code = row.at("code").get<std::string>();
    finding.message = row.at("message").get<std::string>();
    finding.recommendations = row.at("recommendations").get<std::vector<std::string>>();
    validation.findings->push_back(std::move(finding));
  }
  return validation;
}

}  // namespace azsim
