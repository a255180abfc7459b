// Runs azrestored in a folder of the test: settings with short intervals, spool, database, socket, log.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace azrestored::test {

class DaemonProcess {
 public:
  using Environment = std::map<std::string, std::string>;

  /// Files go to `folder`. Starts nothing.
  explicit DaemonProcess(std::filesystem::path folder);
  /// Prints the end of the log if the test has failed.
  ~DaemonProcess();

  /// Writes the settings file: short intervals, paths in the folder, changed by `settings` (RFC 7396).
  void configure(const nlohmann::json& settings);
  /// Changes the existing settings file (RFC 7396). The daemon reads it after hang_up().
  void change_settings(const nlohmann::json& patch) const;

  /// Starts the daemon, for the first time or again. When this returns, the daemon is ready.
  void start(const Environment& environment = {});
  /// Starts it without waiting.
  void launch(const Environment& environment = {});
  [[nodiscard]] bool is_ready() const;

  /// SIGKILL; files stay as they are.
  void kill();
  /// SIGHUP.
  void hang_up() const;
  /// SIGTERM; returns the exit code, or nullopt if it still runs after `limit`.
  std::optional<Ending> stop(std::chrono::milliseconds limit = patience);
  std::optional<Ending> wait(std::chrono::milliseconds limit = patience) { return process_->wait(limit); }
  [[nodiscard]] pid_t pid() const { return process_->pid(); }

  [[nodiscard]] std::filesystem::path settings_file() const { return folder_ / "azrestored.json"; }
  [[nodiscard]] std::filesystem::path spool() const { return folder_ / "spool"; }
  [[nodiscard]] std::filesystem::path socket() const { return folder_ / "control.sock"; }
  [[nodiscard]] std::filesystem::path database() const { return folder_ / "azrestored.db"; }
  /// The log of all runs so far.
  [[nodiscard]] std::string log() const;
  /// The log lines of this event, oldest first.
  [[nodiscard]] std::vector<nlohmann::json> events(const std::string& event) const;
  /// True if the log reports that `cause` happened to this job (core/job/event.hpp names the causes).
  [[nodiscard]] bool logged(const std::string& job_name, const std::string& cause) const;

 private:
  std::filesystem::path folder_;
  std::optional<Process> process_;
  std::size_t log_before_ = 0;  // length of the log at the start of the present run
};

}  // namespace azrestored::test
