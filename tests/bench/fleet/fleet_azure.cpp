#include "tests/bench/fleet/fleet_azure.hpp"

#include <charconv>
#include <random>

namespace azrestored::bench {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const std::string subscription = "/subscriptions/00000000-0000-4000-8000-00000000c0de";

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string between(std::string_view text, std::string_view before, std::string_view end) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return "";
  const auto rest = text.substr(at + before.size());
  return std::string(rest.substr(0, rest.find(end)));
}

int number_in(std::string_view text) {
  int number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string id_of(const char* kind, int number) {
  return std::string(kind) + "0000000-0000-4000-8000-" + padded(number, 12);
}

/// The number of the VM, operation or job in a path; -1 without one.
int number_after(std::string_view path, std::string_view before) {
  const auto at = path.rfind(before);
  return at == std::string_view::npos ? -1 : number_in(path.substr(at + before.size()));
}

/// "Microsoft.RecoveryServices/vaults/backupJobs/read": the types of a path, and the action.
std::string action_of(const std::string& method, const std::string& path) {
  const auto at = path.find("/providers/");
  std::string action;
  bool is_type = true;
  std::string_view rest = std::string_view(path).substr(at + 11);
  const auto provider = rest.find('/');
  action = rest.substr(0, provider);
  rest.remove_prefix(provider + 1);
  for (;;) {
    const auto end = rest.find('/');
    if (is_type) action.append("/").append(rest.substr(0, end));
    is_type = !is_type;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return action + (method == "GET" ? "/read" : "/action");
}

/// A bound of a list's window, "2026-11-22 01:02:03 PM" percent-encoded.
Instant bound_of(const std::string& url, const std::string& name, Instant otherwise) {
  using namespace std::chrono;
  const std::string text = between(url, name + "%20eq%20%27", "%27");
  if (text.size() != 30) return otherwise;
  const auto at = [&](std::size_t from, std::size_t size) {
    return number_in(std::string_view(text).substr(from, size));
  };
  const year_month_day date(year(at(0, 4)), month(static_cast<unsigned>(at(5, 2))),
                            day(static_cast<unsigned>(at(8, 2))));
  return sys_days(date) + hours(at(13, 2) % 12 + (has(text, "PM") ? 12 : 0)) + minutes(at(18, 2)) + seconds(at(23, 2));
}

std::size_t skip_of(const std::string& url) {
  return static_cast<std::size_t>(std::max(0, number_after(url, "skipToken=")));
}

std::string list_of(const std::string& rows, const std::string& url, std::size_t next) {
  std::string body = R"({"value":[)" + rows + "]";
  if (next > 0) {
    body += R"(,"nextLink":")";
    body += url.substr(0, url.find("&$skipToken="));
    body += "&$skipToken=" + std::to_string(next) + "\"";
  }
  return body + "}";
}

HttpResponse ok(std::string body) {
  return {200, {}, std::move(body)};
}

constexpr const char* five_points_head =
    R"({"properties":{"objectType":"IaasVMRecoveryPoint","recoveryPointType":"AppConsistent","isManagedVirtualMachine":true,)"
    R"("recoveryPointTierDetails":[{"type":"HardenedRP","status":"Valid"}],"recoveryPointTime":"2026-11-)";

std::string point(int day) {
  const std::string text = padded(day, 2);
  return five_points_head + text + R"(T22:00:00Z"},"name":"3140790089)" + text + "\"}";
}

}  // namespace

std::string Fleet::group_id(int vault) const {
  return subscription + "/resourceGroups/rg-" + padded(vault, 2);
}
std::string Fleet::vault_id(int vault) const {
  return group_id(vault) + "/providers/Microsoft.RecoveryServices/vaults/contoso-" + padded(vault, 2);
}
std::string Fleet::vm_name(int number) {
  return "vm-" + std::to_string(number);
}
std::string Fleet::vm_id(int number) const {
  return group_id(vault_of(number)) + "/providers/Microsoft.Compute/virtualMachines/" + vm_name(number);
}

Fleet make_fleet(int size, int vaults, std::uint64_t seed) {
  Fleet fleet;
  fleet.vaults = vaults;
  std::mt19937_64 engine(seed);
  // 90 of 100 take between 15 and 107 minutes; none less than five, none more than twelve hours.
  std::lognormal_distribution<double> minutes_taken(std::log(40.0), 0.6);
  for (int i = 0; i < size; ++i) {
    const double taken = std::min(720.0, std::max(5.0, minutes_taken(engine)));
    fleet.durations.emplace_back(static_cast<Millis::rep>(taken * 60'000));
  }
  return fleet;
}

FleetAzure::FleetAzure(const Fleet& fleet, Limits limits, std::uint64_t seed)
    : fleet_(fleet),
      gate_(limits),
      state_(seed),
      restores_(static_cast<std::size_t>(fleet.size())),
      by_vault_(static_cast<std::size_t>(fleet.vaults)) {}

HttpResponse FleetAzure::serve(const HttpRequest& request, Instant now) {
  const std::string path = request.url.substr(std::string_view(endpoint).size());
  const std::string bare = path.substr(0, path.find('?'));
  std::optional<int> left;
  const auto refused = gate_.refusal(action_of(request.method, bare), now, left);
  HttpResponse answer = refused ? *refused : route(request.method, bare, request, now);
  // ARM's own counters are absent if the provider has one (azure-backup-api.md 9.2).
  answer.headers.emplace_back(
      left ? "x-ms-ratelimit-remaining-subscription-resource-requests" : "x-ms-ratelimit-remaining-subscription-reads",
      std::to_string(left.value_or(200)));
  return answer;
}

HttpResponse FleetAzure::route(const std::string& method, const std::string& path, const HttpRequest& request,
                               Instant now) {
  const int vault = number_after(path, "/vaults/contoso-");
  const int number = number_after(path, "%3Bvm-");
  for (const char* kind : {"/operationsStatus/", "/backupOperations/"}) {
    if (has(path, kind)) return operation(number_after(path, "/b0000000-0000-4000-8000-"), now);
  }
  if (has(path, "/backupValidateOperationsStatuses/"))
    return ok(R"({"status":"Succeeded","properties":{"validateOperationResponse":{}}})");
  if (has(path, "/backupTriggerValidateOperation")) {
    const std::string url = endpoint + fleet_.vault_id(vault) + "/backupValidateOperationsStatuses/1?api-version=1";
    return {202, {{"Azure-AsyncOperation", url}, {"Retry-After", "10"}}, ""};
  }
  if (method == "POST" && path.ends_with("/restore")) return start(number, request, now);
  if (const int job = number_after(path, "/backupJobs/a0000000-0000-4000-8000-"); job >= 0) {
    ++gets_;
    return ok(job_row(job, now));
  }
  if (path.ends_with("/backupJobs")) return jobs(vault, request.url, now);
  if (path.ends_with("/backupResourceGuardProxies")) return ok(R"({"value":[]})");
  if (path.ends_with("/backupProtectedItems")) return items(vault, request.url);
  if (path.ends_with("/recoveryPoints"))
    return ok(list_of(point(21) + "," + point(20) + "," + point(19) + "," + point(18) + "," + point(17), "", 0));
  if (has(path, "/recoveryPoints/")) return ok(point(21));
  return ok(R"({"location":"westus","properties":{"redundancySettings":{"crossRegionRestore":"Disabled"}}})");
}

HttpResponse FleetAzure::items(int vault, const std::string& url) const {
  const std::size_t skip = skip_of(url);
  std::string rows;
  const int vms = (fleet_.size() - vault + fleet_.vaults - 1) / fleet_.vaults;
  const std::size_t end = std::min(skip + page_size, static_cast<std::size_t>(vms));
  for (std::size_t i = skip; i < end; ++i) {
    const int number = vault + static_cast<int>(i) * fleet_.vaults;
    const std::string name = "iaasvmcontainerv2;rg-" + padded(vault, 2) + ";" + Fleet::vm_name(number);
    if (!rows.empty()) rows += ",";
    rows += R"({"id":")" + fleet_.vault_id(vault) + "/backupFabrics/Azure/protectionContainers/IaasVMContainer;";
    rows += name + "/protectedItems/VM;" + name + R"(","properties":{"friendlyName":")" + Fleet::vm_name(number);
    rows += R"(","sourceResourceId":")" + fleet_.vm_id(number) + R"(","virtualMachineId":")" + fleet_.vm_id(number);
    rows += R"(","protectionState":"Protected"}})";
  }
  return ok(list_of(rows, url, end < static_cast<std::size_t>(vms) ? end : 0));
}

HttpResponse FleetAzure::start(int number, const HttpRequest& request, Instant now) {
  Restore& restore = restores_.at(static_cast<std::size_t>(number));
  ++restore.times;
  restore.started_at = now;
  state_ = state_ * 6364136223846793005U + 1442695040888963407U;
  restore.job_at = now + seconds(5) + Millis(static_cast<Millis::rep>((state_ >> 33U) % 20'000));
  restore.ends_at = restore.job_at + fleet_.durations.at(static_cast<std::size_t>(number));
  for (const auto& [name, value] : request.headers) {
    if (name == "x-ms-client-request-id") restore.request_id = value;
  }
  by_vault_.at(static_cast<std::size_t>(fleet_.vault_of(number))).push_back(number);
  const std::string path = request.url.substr(0, request.url.find("/recoveryPoints/"));
  const std::string url = path + "/operationsStatus/" + id_of("b", number) + "?api-version=2019-05-13";
  return {202, {{"Azure-AsyncOperation", url}, {"Retry-After", "60"}}, ""};
}

HttpResponse FleetAzure::operation(int number, Instant now) const {
  const Restore& restore = restores_.at(static_cast<std::size_t>(number));
  if (now < restore.job_at) return {200, {{"Retry-After", "60"}}, R"({"status":"InProgress"})"};
  return ok(R"({"status":"Succeeded","properties":{"objectType":"OperationStatusJobExtendedInfo","jobId":")" +
            id_of("a", number) + "\"}}");
}

HttpResponse FleetAzure::jobs(int vault, const std::string& url, Instant now) {
  const std::size_t skip = skip_of(url);
  if (skip == 0) ++lists_;
  const Instant from = bound_of(url, "startTime", Instant::min());
  const Instant to = bound_of(url, "endTime", Instant::max());
  const std::string status = between(url, "status%20eq%20%27", "%27");
  std::string rows;
  std::size_t position = 0;
  const auto& started = by_vault_.at(static_cast<std::size_t>(vault));
  for (auto each = started.rbegin(); each != started.rend(); ++each) {
    const Restore& restore = restores_[static_cast<std::size_t>(*each)];
    if (restore.started_at < from) break;
    const bool runs = now < restore.ends_at;
    const bool is_meant = status.empty() || status == (runs ? "InProgress" : "Completed");
    if (restore.started_at > to || now < restore.job_at || !is_meant) continue;
    if (position >= skip + page_size) return ok(list_of(rows, url, position));
    if (position++ < skip) continue;
    if (!rows.empty()) rows += ",";
    rows += job_row(*each, now);
  }
  return ok(list_of(rows, url, 0));
}

std::string FleetAzure::job_row(int number, Instant now) const {
  const Restore& restore = restores_.at(static_cast<std::size_t>(number));
  const bool runs = now < restore.ends_at;
  std::string row = R"({"id":"/jobs/)" + id_of("a", number) + R"(","name":")" + id_of("a", number);
  row += R"(","properties":{"jobType":"AzureIaaSVMJob","operation":"Restore","backupManagementType":"AzureIaasVM",)";
  row += R"("entityFriendlyName":")" + Fleet::vm_name(number) + R"(","activityId":")" + restore.request_id;
  row += R"(","status":")";
  row += runs ? "InProgress" : "Completed";
  row += R"(","startTime":")" + to_rfc3339(restore.started_at) + "\"";
  if (!runs) {
    const auto taken = std::chrono::duration_cast<seconds>(restore.ends_at - restore.started_at).count();
    row += R"(,"endTime":")" + to_rfc3339(restore.ends_at) + R"(","duration":"PT)" + std::to_string(taken) + "S\"";
  }
  return row + "}}";
}

}  // namespace azrestored::bench
