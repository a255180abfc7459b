// The template of a disk restore lies in the operator's staging account (azure-backup-api.md 5.5). Its container is
// private, so `az deployment group create` needs a SAS of the blob as its query string.
#include "core/view/commands.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/text.hpp"
#include "core/view/azure_report.hpp"
#include "core/view/left_behind.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

std::string template_uri(const Job& job) {
  std::string uri = reported_text(job, "Template Blob Uri");
  return uri.starts_with("https://") && shell_word(uri) ? uri : "";
}

/// https://{account}.blob.{domain}/{container}/{name}, each as a word for the shell
struct Blob {
  std::string account, container, name;
};

std::optional<Blob> blob_of(std::string_view uri) {
  constexpr std::string_view scheme = "https://";
  if (uri.find_first_of("?#") != std::string_view::npos) return std::nullopt;  // signed already
  const std::string_view rest = uri.substr(scheme.size());
  const auto host_end = rest.find('/');
  if (host_end == std::string_view::npos) return std::nullopt;
  const std::string_view host = rest.substr(0, host_end);
  const std::string_view path = rest.substr(host_end + 1);
  const auto account_end = host.find(".blob.");
  const auto container_end = path.find('/');
  if (account_end == std::string_view::npos || container_end == std::string_view::npos) return std::nullopt;
  Blob blob{std::string(host.substr(0, account_end)), std::string(path.substr(0, container_end)),
            std::string(path.substr(container_end + 1))};
  for (std::string* part : {&blob.account, &blob.container, &blob.name}) {
    const auto word = shell_word(*part);
    if (!word) return std::nullopt;
    *part = *word;
  }
  return blob;
}

/// " --resource-group GROUP", and " --subscription ID" if the job file names the group by its ARM id.
std::string in_target_group(const Job& job) {
  const auto group = shell_word(target_group_name(job));
  std::string words = " --resource-group " + group.value_or("GROUP");
  constexpr std::string_view begin = "/subscriptions/";
  if (!job.target_group.starts_with(begin)) return words;
  const std::string rest = job.target_group.substr(begin.size());
  if (const auto subscription = shell_word(rest.substr(0, rest.find('/')))) words += " --subscription " + *subscription;
  return words;
}

json from_template(const Job& job) {
  const std::string uri = template_uri(job);
  json lines = json::array();
  std::string deploy = "az deployment group create" + in_target_group(job) + " --template-uri " + *shell_word(uri);
  if (const auto blob = blob_of(uri)) {
    lines.push_back("sas=$(az storage blob generate-sas --account-name " + blob->account + " --container-name " +
                    blob->container + " --name " + blob->name +
                    " --permissions r --https-only --expiry \"$(date -u -d '1 hour' +%Y-%m-%dT%H:%MZ)\" --output tsv)");
    deploy += " --query-string \"$sas\"";
  }
  lines.push_back(std::move(deploy));
  return {{"purpose", "Create a VM from the restored disks, with Azure's template (az asks for missing parameters)"},
          {"lines", std::move(lines)}};
}

/// The disks of the group that were created since the request and that no VM uses.
json list_disks(const Job& job) {
  const std::string since = to_rfc3339(std::chrono::floor<std::chrono::seconds>(job.progress.posted_at));
  const std::string condition =
      "diskState=='Unattached' && timeCreated>='" + since.substr(0, since.size() - 1) + "'";  // without the zone
  std::string line = "az disk list" + in_target_group(job) + " --query \"[?" + condition +
                     "].{name:name, created:timeCreated, id:id}\" --output table";
  return {{"purpose", "List the unattached disks that were created since the restore was requested"},
          {"lines", json::array({std::move(line)})}};
}

bool is_plain(char c) {
  return is_letter_or_digit(c) || std::string_view("-_./:=@%+,").find(c) != std::string_view::npos;
}

}  // namespace

json commands_view(const Job& job) {
  json commands = json::array();
  if (has_template(job)) commands.push_back(from_template(job));
  if (!left_behind_of(job).empty() && !target_group_name(job).empty()) commands.push_back(list_disks(job));
  return commands;
}

bool has_template(const Job& job) {
  return is_good_end(job.state) && job.recovery_type == "RestoreDisks" && !template_uri(job).empty();
}

std::optional<std::string> shell_word(std::string_view text) {
  const bool is_printable = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
  if (text.empty() || !is_printable) return std::nullopt;
  // A word with a leading dash would be an option.
  if (std::ranges::all_of(text, is_plain) && !text.starts_with('-')) return std::string(text);
  if (text.starts_with('-')) return std::nullopt;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace azrestored
