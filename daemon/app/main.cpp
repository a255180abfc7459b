// azrestored: the daemon's command line.
#include <CLI/CLI.hpp>
#include <iostream>

#include "core/json/fault.hpp"
#include "daemon/app/daemon.hpp"
#include "daemon/app/exit_codes.hpp"

int main(int argc, char** argv) {
  CLI::App app(
      "azrestored restores Azure VMs from Recovery Services vaults: it takes job files from its spool folder,\n"
      "keeps them in a database, and drives each restore to its end exactly once.");
  app.footer(
      "Exit status: 0 ended by a signal, 1 cannot run (the log says why), 2 command line or settings are wrong,\n"
      "3 the database is damaged, lost or replaced: an operator must act.");
  std::string settings_file(azrestored::default_settings_file);
  bool check_config = false;
  app.add_option("--config", settings_file, "Settings, JSON with comments")->capture_default_str();
  app.add_flag("--check-config", check_config, "Check the settings, print the effective ones, and exit");
  app.set_version_flag("--version", "azrestored " AZRESTORED_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? azrestored::exit_done : azrestored::exit_usage;
  }

  const auto modified_at = azrestored::settings_modified_at(settings_file);
  std::vector<azrestored::Fault> faults;
  const auto settings = azrestored::read_settings_file(settings_file, faults);
  if (!settings) {
    for (const auto& fault : faults) std::cerr << settings_file << ": " << fault.text() << '\n';
    return azrestored::exit_usage;
  }
  if (check_config) {
    std::cout << azrestored::to_text(*settings);
    return azrestored::exit_done;
  }
  return azrestored::run_daemon(*settings, settings_file, modified_at);
}
