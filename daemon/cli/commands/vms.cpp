// azrestorectl vms: the VMs that a vault protects, and the state of their backups. azrestored asks Azure with its own
// sign-in.
#include "daemon/cli/connect/client.hpp"

#include <nlohmann/json.hpp>
#include "core/azure/status_words.hpp"
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/commands/inventory.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

Table vm_table() {
  return Table({{"NAME"},
                {"GROUP", Table::Fit::cut},
                {"LAST BACKUP", Table::Fit::optional, 20},
                {"STATUS", Table::Fit::optional},
                {"HEALTH", Table::Fit::optional},
                {"PROTECTION", Table::Fit::optional},
                {"ITEM", Table::Fit::optional, 24}});
}

void add_row(Table& table, const nlohmann::json& vm) {
  const std::string status = text_of(vm, "lastBackupStatus");
  const std::string protection = text_of(vm, "protectionState");
  table.add({text_of(vm, "name"),
             text_of(vm, "resourceGroup"),
             vm.value("neverBackedUp", false) ? "never" : short_time(vm, "lastBackupAt"),
             {status, backup_job_status(status) == BackupJobStatus::failed ? Colour::red : Colour::none},
             text_of(vm, "health"),
             vm.value("softDeleted", false) ? Table::Cell("soft-deleted", Colour::red) : Table::Cell(protection),
             text_of(vm, "item")});
}

}  // namespace

std::map<std::string, std::string> query_of(const Vault& vault) {
  std::map<std::string, std::string> query{{"vault", vault.id}};
  if (!vault.auth.empty()) query["auth"] = vault.auth;
  if (!vault.region.empty()) query["region"] = vault.region;
  return query;
}

ExitCode run(Context& context, const Vms& command) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  const Answer answer = Client(*socket).get(control_target({"vms"}, query_of(command.vault)), long_patience);
  if (!answer) return console.fail(answer.error());
  const auto& vms = answer->at("vms");
  Table table = vm_table();
  for (const auto& vm : vms) console.json() ? console.result(vm) : add_row(table, vm);
  if (vms.empty()) console.note("the vault protects no VM");
  if (!vms.empty() && !console.json()) console.table(table);
  return ExitCode::done;
}

}  // namespace azrestored::cli
