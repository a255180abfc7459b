// azrestored, run on a folder of the test's own: settings with short intervals, spool, database, socket, log.
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
  /// Of a test that has failed, shows the end of the log.
  ~DaemonProcess();

  /// Writes the settings file: short intervals in our folder, changed by `settings` (RFC 7396).
  void configure(const nlohmann::json& settings);
  /// Changes the settings file that is there (RFC 7396); the daemon is told with hang_up(), or is not.
  void change_settings(const nlohmann::json& patch) const;

  /// Starts the daemon, again or for the first time; it is ready when this returns.
  void start(const Environment& environment = {});
  /// Starts it without waiting for anything.
  void launch(const Environment& environment = {});
  [[nodiscard]] bool is_ready() const;

  /// SIGKILL, and what that leaves behind.
  void kill();
  /// SIGHUP.
  void hang_up() const;
  /// SIGTERM; its exit code, or nullopt when it still runs after `limit`.
  std::optional<Ending> stop(std::chrono::milliseconds limit = patience);
  std::optional<Ending> wait(std::chrono::milliseconds limit = patience) { return process_->wait(limit); }
  [[nodiscard]] pid_t pid() const { return process_->pid(); }

  [[nodiscard]] std::filesystem::path settings_file() const { return folder_ / "azrestored.json"; }
  [[nodiscard]] std::filesystem::path spool() const { return folder_ / "spool"; }
  [[nodiscard]] std::filesystem::path database() const { return folder_ / "azrestored.db"; }
  /// Of all runs so far.
  [[nodiscard]] std::string log() const;
  /// The log's lines about this event, oldest first.
  [[nodiscard]] std::vector<nlohmann::json> events(const std::string& event) const;
  /// True when the log tells that `cause` happened to this job (core/job/event.hpp names the causes).
  [[nodiscard]] bool tells(const std::string& job_name, const std::string& cause) const;

 private:
  std::filesystem::path folder_;
  std::optional<Process> process_;
  std::size_t log_before_ = 0;  // length of the log when the present run began
};

}  // namespace azrestored::test
