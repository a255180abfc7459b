// doctor: whether the sandbox of the systemd unit fits the settings.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "daemon/cli/doctor/checks.hpp"
#include "daemon/cli/doctor/unit_text.hpp"

namespace azrestored::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* subject = "unit";
constexpr const char* unit_name = "azrestored.service";

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The text of the unit and its drop-ins, in systemd's order. "" if the service is not installed.
std::string unit_text() {
  std::error_code error;
  std::string text;
  for (const char* folder : {"/etc/systemd/system", "/lib/systemd/system"}) {
    const fs::path unit = fs::path(folder) / unit_name;
    if (!fs::exists(unit, error)) continue;
    text = text_of_file(unit);
    break;
  }
  if (text.empty()) return "";
  std::vector<fs::path> drop_ins;
  for (const char* folder : {"/etc/systemd/system", "/run/systemd/system"}) {
    const fs::path drop_in_folder = fs::path(folder) / (std::string(unit_name) + ".d");
    for (fs::directory_iterator entry(drop_in_folder, error), end; !error && entry != end; entry.increment(error))
      if (entry->path().extension() == ".conf") drop_ins.push_back(entry->path());
  }
  std::ranges::sort(drop_ins, {}, [](const fs::path& path) { return path.filename(); });
  for (const fs::path& drop_in : drop_ins) text += "\n" + text_of_file(drop_in);
  return text;
}

}  // namespace

void check_unit(DoctorContext& context) {
  // A daemon with other settings is not started by the unit, and has no sandbox.
  if (context.context.settings_file() != default_settings_file) return;
  const std::string unit = unit_text();
  if (unit.empty()) return;
  const std::string& spool = context.settings->spool.directory;
  const std::string store = fs::path(context.settings->store.path).parent_path().string();
  bool any = false;
  for (const auto& [setting, path] : {std::pair("spool.directory", spool), std::pair("store.path", store)}) {
    const auto refusal = sandbox_refusal(unit, path);
    if (!refusal) continue;
    any = true;
    std::vector<Remedy> remedies = {
        Remedy::advice("Choose a folder outside of home directories, such as /srv/azrestored.")};
    if (!refusal->line.empty()) {
      remedies = {as_root("systemctl edit azrestored"),
                  Remedy::advice("Add to its section [Service]: " + refusal->line),
                  as_root("systemctl restart azrestored")};
    }
    context.report.add(Finding::problem(subject, ExitCode::failed,
                                        std::string(setting) + " is in " + path + ", but " + refusal->why,
                                        std::move(remedies)));
  }
  if (!any)
    context.report.add(Finding::ok(subject, "the systemd unit lets azrestored write to the folders of the settings"));
}

}  // namespace azrestored::cli
