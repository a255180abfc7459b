// fill_database FILE [--finished N] [--queued N] [--tracked N] [--vaults N] [--ends-in SECONDS]: makes a database like
// that of a daemon after many restores, for measurements; a million rows take less than a minute. The project's own
// store code writes one job of each kind; the rest are copies of its rows, made in SQLite, with different ids. Jobs are
// a minute apart, of 10,000 VMs in rotation, and the newest starts now. Backup jobs have the ids of their jobs.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "core/azure/recovery_point.hpp"
#include "core/job/job.hpp"
#include "persistence/sqlite/job_writes.hpp"
#include "persistence/sqlite/migrations.hpp"

namespace azrestored {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const JobId model_id = "ffffffff-ffff-4fff-8fff-ffffffffffff";

HistoryLine line(Instant at, std::string from, std::string to, std::string cause, std::string detail) {
  HistoryLine made;
  made.at = at;
  made.from = std::move(from);
  made.to = std::move(to);
  made.cause = std::move(cause);
  made.detail = std::move(detail);
  made.http_status = 200;
  made.azure_request_id = model_id;
  made.azure_correlation_id = model_id;
  return made;
}

NewJob queued(Instant now) {
  NewJob made;
  Job& job = made.job;
  job.id = model_id;
  job.name = "drill-web01";
  job.vault = {"11111111-2222-4333-8444-555555555555", "contoso-backup", "contoso-vault-0"};
  job.vm = "web01";
  job.recovery_type = "RestoreDisks";
  job.submitter_uid = 1000;
  job.created_at = now - hours(2);
  job.since = job.created_at;
  made.spec = R"({"name":"drill-web01","vault":{"subscription":"11111111-2222-4333-8444-555555555555",)"
              R"("resourceGroup":"contoso-backup","name":"contoso-vault-0"},"vm":{"name":"web01"},"point":"latest",)"
              R"("restore":{"recoveryType":"RestoreDisks","storageAccount":"contosostaging",)"
              R"("targetResourceGroup":"contoso-restored"}})";
  return made;
}

Progress learned(Instant now) {
  Progress progress;
  progress.item =
      ProtectedItem{"IaasVMContainer;iaasvmcontainerv2;contoso-vms;web01", "VM;iaasvmcontainerv2;contoso-vms;web01",
                    "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-vms/"
                    "providers/Microsoft.Compute/virtualMachines/web01"};
  progress.region = "westeurope";
  progress.point = RecoveryPoint{"31407900891996", now - hours(20), "AppConsistent", {"InstantRP", "HardenedRP"}, true};
  progress.request_id = model_id;
  progress.posted_at = now - hours(1);
  progress.attempts = 1;
  progress.operation_url =
      "https://management.azure.com/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-backup/"
      "providers/Microsoft.RecoveryServices/vaults/contoso-vault-0/backupFabrics/Azure/protectionContainers/"
      "IaasVMContainer;iaasvmcontainerv2;contoso-vms;web01/operationsStatus/" +
      model_id + "?api-version=2025-02-01";
  progress.operation_id = model_id;
  progress.azure_job_id = model_id;
  progress.azure_status = "InProgress";
  return progress;
}

nlohmann::json outcome() {
  nlohmann::json reported;
  reported["startTime"] = "2026-11-20T10:00:00Z";
  reported["endTime"] = "2026-11-20T10:41:12Z";
  reported["durationSeconds"] = 2472.0;
  reported["tasks"] = nlohmann::json::array(
      {{{"taskId", "Transfer data from vault"}, {"status", "Completed"}, {"duration", "00:38:01.1"}}});
  reported["propertyBag"] = {
      {"Job Type", "Recover disks"},
      {"Target Storage Account Name", "contosostaging"},
      {"Recovery point time", "11/19/2026 2:00:00 PM"},
      {"Config Blob Name", "config-web01-" + model_id + ".json"},
      {"Config Blob Container Name", "vhds" + model_id},
      {"Template Blob Uri", "https://contosostaging.blob.core.windows.net/vhds/azuredeploy.json"}};
  return reported;
}

/// Writes the model of a kind: its row, its file, its history.
void write_model(Database& database, const std::string& kind, Instant now, Instant ends_at) {
  JobWrites writes(database);
  const NewJob made = queued(now);
  const auto check = [](const auto& done) {
    if (!done) throw std::runtime_error(done.error().sentence());
  };
  const HistoryLine first = line(made.job.created_at, "", "queued", "submitted", "the job file was accepted");
  check(writes.insert({NewRow{{made, first}, texts_of(made.job)}}));
  if (kind == "queued") return;
  Job job = made.job;
  const auto save = [&](State state, const std::string& cause, const std::string& detail) {
    const std::string from(state_name(job.state));
    job.state = std::move(state);
    job.since += minutes(1);
    const auto saved =
        writes.save(job, texts_of(job), line(job.since, from, std::string(state_name(job.state)), cause, detail));
    check(saved);
    job = *saved;
  };
  save(Resolving{}, "begun", "");
  job.progress = learned(now);
  save(Triggering{true}, "submit-prepared", "the restore is requested from recovery point 31407900891996");
  save(Polling{now - hours(1)}, "accepted", "Azure accepted the restore");
  job.not_before = ends_at;
  save(Tracking{now - hours(1), now - minutes(1), 0}, "operation-succeeded",
       "the restore runs as backup job " + model_id);
  if (kind == "tracked") return;
  job.progress.azure_status = "Completed";
  job.progress.percent = 100;
  job.progress.outcome = std::make_shared<const nlohmann::json>(outcome());
  save(Succeeded{}, "job-read", "the backup job finished: Completed");
}

/// Makes `count` copies of the model's rows and removes the model.
void copy_model(Database& database, std::int64_t first, std::int64_t count, int vaults, Instant now) {
  const std::string id = "printf('%08x-%04x-4000-8000-%012x', (n * 2654435761) % 4294967296, n % 65536, n)";
  const std::string earlier_ms = "((SELECT top FROM span) - n) * 60000";
  const std::map<std::string, std::string> own = {
      {"id", id},
      {"job_id", id},
      {"name", "name || '-' || n"},
      {"vault_name", "'contoso-vault-' || (n % " + std::to_string(vaults) + ")"},
      {"vm", "printf('web%05d', n % 10000)"},
      {"progress", "replace(progress, '" + model_id + "', " + id + ")"},
      {"created_ms", "created_ms - " + earlier_ms},
      {"since_ms", "since_ms - " + earlier_ms},
      {"finished_at_ms", "finished_at_ms - " + earlier_ms},
      {"at_ms", "at_ms - " + earlier_ms},
      {"sequence", "NULL"}};
  for (const std::string table : {"job", "job_spec", "job_event"}) {
    std::string names;
    std::string values;
    Statement columns(database, "SELECT name FROM pragma_table_info('" + table + "')");
    for (Cursor rows = columns.run(); rows.step();) {
      const std::string column = rows.text(0);
      const auto special = own.find(column);
      names += (names.empty() ? "" : ", ") + column;
      values += (values.empty() ? "" : ", ") + (special != own.end() ? special->second : column);
    }
    const std::string key = table == "job" ? "id" : "job_id";
    const std::string order = table == "job_event" ? " ORDER BY n, sequence" : "";
    const std::string last = std::to_string(first + count);
    database.execute("WITH RECURSIVE span(top) AS (VALUES (" + last + ")), number(n) AS (SELECT " +
                     std::to_string(first) + " UNION ALL SELECT n + 1 FROM number WHERE n + 1 < " + last +
                     ") INSERT INTO " + table + " (" + names + ") SELECT " + values + " FROM number, " + table +
                     " WHERE " + key + " = '" + model_id + "'" + order);
  }
  for (const std::string table : {"job_event", "job_spec"})
    database.execute("DELETE FROM " + table + " WHERE job_id = '" + model_id + "'");
  database.execute("DELETE FROM job WHERE id = '" + model_id + "'");
  (void)now;
}

void fill(const std::string& path, std::map<std::string, std::int64_t>& wanted) {
  std::FILE* file = std::fopen(path.c_str(), "wx");
  if (file == nullptr) throw std::runtime_error(path + " already exists or cannot be created");
  std::fclose(file);
  Database database(path, Database::Mode::read_write);
  database.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -400000");
  migrate(database, migrations());
  const Instant now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
  std::int64_t first = 0;
  Transaction transaction(database);
  for (const std::string kind : {"finished", "tracked", "queued"}) {
    const std::int64_t count = wanted[kind];
    if (count == 0) continue;
    write_model(database, kind, now, now + std::chrono::seconds(wanted["ends-in"]));
    copy_model(database, first, count, static_cast<int>(wanted["vaults"]), now);
    first += count;
  }
  transaction.commit();
  (void)database.text("PRAGMA journal_mode = WAL");
}

}  // namespace
}  // namespace azrestored

int main(int argc, char** argv) {
  std::map<std::string, std::int64_t> wanted = {{"vaults", 10}, {"ends-in", 86'400}};
  for (int i = 2; i + 1 < argc; i += 2) wanted[std::string(argv[i]).substr(2)] = std::atoll(argv[i + 1]);
  if (argc < 2) return 2;
  try {
    azrestored::fill(argv[1], wanted);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fill_database: %s\n", error.what());
    return 1;
  }
}
