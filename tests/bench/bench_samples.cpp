#include "tests/bench/bench_samples.hpp"

#include <nlohmann/json.hpp>

namespace azrestored::bench {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

const std::string group = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/";
const std::string vault_id = group + "contoso-backup/providers/Microsoft.RecoveryServices/vaults/contoso-vault";

/// Eight digits: the first part of a GUID.
std::string digits(int number) {
  return std::to_string(10'000'000 + number);
}

std::string job_guid(int number) {
  return digits(number) + "-bbbb-4ccc-8ddd-eeeeeeeeeeee";
}

json job_properties(int number) {
  return {{"jobType", "AzureIaaSVMJob"},
          {"duration", "PT7M21.1348931S"},
          {"actionsInfo", {1}},
          {"virtualMachineVersion", "Compute"},
          {"isUserTriggered", true},
          {"entityFriendlyName", "web" + digits(number)},
          {"backupManagementType", "AzureIaasVM"},
          {"operation", "Restore"},
          {"status", number % 10 == 0 ? "Completed" : "InProgress"},
          {"startTime", "2026-11-20T09:41:12.7654321Z"},
          {"activityId", digits(number) + "-2222-4333-8444-555555555555"}};
}

json job_row(int number, json properties) {
  const std::string id = job_guid(number);
  return {{"id", vault_id + "/backupJobs/" + id},
          {"name", id},
          {"type", "Microsoft.RecoveryServices/vaults/backupJobs"},
          {"properties", std::move(properties)}};
}

HttpResponse answer(const json& body) {
  HttpResponse response;
  response.status = 200;
  response.headers = {{"Content-Type", "application/json; charset=utf-8"}, {"x-ms-request-id", job_guid(1)}};
  response.body = body.dump();
  return response;
}

}  // namespace

HttpResponse page_of_jobs(int rows) {
  json list = json::array();
  for (int number = 0; number < rows; ++number) list.push_back(job_row(number, job_properties(number)));
  return answer({{"value", std::move(list)}, {"nextLink", nullptr}});
}

HttpResponse job_details() {
  json properties = job_properties(1);
  json tasks = json::array();
  tasks.push_back({{"taskId", "Transfer data from vault"}, {"duration", "PT0S"}, {"status", "InProgress"}});
  properties["extendedInfo"] = {{"tasksList", std::move(tasks)},
                                {"propertyBag",
                                 {{"Job Type", "Restore disks"},
                                  {"Recovery point time", "11/19/2026 10:00:00 PM"},
                                  {"Target Storage Account Name", "contosostaging"},
                                  {"Target resource group", "contoso-restored"}}},
                                {"internalPropertyBag", {{"IsInstantRecovery", "true"}}},
                                {"progressPercentage", 43.5},
                                {"dynamicErrorMessage", nullptr}};
  return answer(job_row(1, std::move(properties)));
}

std::string job_file() {
  const json file = {
      {"name", "drill-web001"},
      {"vault", vault_id},
      {"virtualMachine", group + "contoso-web/providers/Microsoft.Compute/virtualMachines/web001"},
      {"recoveryPoint", {{"latestBefore", "2026-11-19T22:00:00Z"}}},
      {"restore",
       {{"recoveryType", "RestoreDisks"},
        {"storageAccountId", group + "contoso-staging/providers/Microsoft.Storage/storageAccounts/contosostaging"},
        {"targetResourceGroupId", group + "contoso-restored"}}}};
  return file.dump(2);
}

Job tracked_job() {
  Job job;
  job.id = "99999999-8888-4777-8666-555555555555";
  job.name = "drill-web001";
  job.vault = {"11111111-2222-4333-8444-555555555555", "contoso-backup", "contoso-vault"};
  job.vm = "web001";
  job.recovery_type = "RestoreDisks";
  job.submitter_uid = 1000;
  job.created_at = now - 1h;
  job.since = now - 10min;
  job.version = 7;
  job.not_before = now - 1min;
  Progress& progress = job.progress;
  progress.item.emplace();
  progress.item->container = "IaasVMContainer;iaasvmcontainerv2;contoso-web;web001";
  progress.item->item = "VM;iaasvmcontainerv2;contoso-web;web001";
  progress.item->source_resource_id = group + "contoso-web/providers/Microsoft.Compute/virtualMachines/web001";
  progress.region = "westus";
  progress.point.emplace();
  progress.point->id = "31407900891996";
  progress.point->time = now - 24h;
  progress.point->consistency = "AppConsistent";
  progress.point->tiers = {"InstantRP"};
  progress.request_id = "00000001-2222-4333-8444-555555555555";
  progress.posted_at = now - 10min;
  progress.attempts = 1;
  progress.operation_url = "https://management.azure.com" + vault_id +
                           "/operationsStatus/aaaaaaaa-1111-4222-8333-444444444444?api-version=2025-02-01&t=638677&c=" +
                           std::string(1500, 'M') + "&s=" + std::string(340, 'x');
  progress.operation_id = "aaaaaaaa-1111-4222-8333-444444444444";
  progress.azure_job_id = job_guid(1);
  progress.azure_status = "InProgress";
  progress.percent = 43.5;
  job.state = Tracking{now - 10min, now - 5min, 0};
  return job;
}

}  // namespace azrestored::bench
