#include "tests/support/daemon_process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/support/files.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

json quick_settings(const std::filesystem::path& folder) {
  return {{"spool", {{"directory", folder / "spool"}}},
          {"store", {{"path", folder / "azrestored.db"}}},
          {"control", {{"socket", folder / "control.sock"}}},
          {"polling", {{"minimumInterval", "50ms"}, {"defaultRetryAfter", "100ms"}, {"jobInterval", "100ms"}}},
          {"inDoubt", {{"quietPeriod", "1s"}}},
          // Here seconds stand for hours.
          {"budget",
           {{"readsPerHour", 1000000}, {"subscriptionReadsPerSecond", 10000}, {"subscriptionWritesPerSecond", 10000}}},
          {"log", {{"format", "json"}, {"level", "debug"}}}};
}

}  // namespace

DaemonProcess::DaemonProcess(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
}

void DaemonProcess::configure(const json& settings) {
  json all = quick_settings(folder_);
  all.merge_patch(settings);
  write_file(settings_file(), all.dump(2));
}

void DaemonProcess::change_settings(const json& patch) const {
  json settings = json::parse(read_file(settings_file()));
  settings.merge_patch(patch);
  write_file(settings_file(), settings.dump(2));
}

DaemonProcess::~DaemonProcess() {
  if (!testing::Test::HasFailure()) return;
  constexpr std::size_t most = 20'000;
  const std::string text = log();
  std::cerr << "--- the end of azrestored's log:\n"
            << text.substr(text.size() - std::min(text.size(), most)) << "---\n";
}

void DaemonProcess::launch(const Environment& environment) {
  std::error_code none_yet;
  const auto size = std::filesystem::file_size(folder_ / "log", none_yet);
  log_before_ = none_yet ? 0 : size;
  process_.emplace(Command{{AZRESTORED, "--config", settings_file()}, environment}, folder_ / "out", folder_ / "log");
}

void DaemonProcess::start(const Environment& environment) {
  launch(environment);
  const bool came_up = wait_until([this] { return is_ready() || process_->ending(); });
  if (!came_up || !is_ready()) throw std::runtime_error("azrestored does not start: " + log());
}

bool DaemonProcess::is_ready() const {
  return log().find("daemon.ready", log_before_) != std::string::npos;
}

void DaemonProcess::hang_up() const {
  if (::kill(pid(), SIGHUP) != 0) throw std::runtime_error("the daemon has ended");
}

void DaemonProcess::kill() {
  process_->send(SIGKILL);
  process_->wait();
}

std::optional<Ending> DaemonProcess::stop(std::chrono::milliseconds limit) {
  process_->send(SIGTERM);
  return process_->wait(limit);
}

std::string DaemonProcess::log() const {
  return read_file(folder_ / "log");
}

std::vector<json> DaemonProcess::events(const std::string& event) const {
  std::vector<json> found;
  std::istringstream lines(log());
  for (std::string line; std::getline(lines, line);) {
    const json object = json::parse(line, nullptr, false);  // a line may be half written, or written by a sanitizer
    if (object.is_object() && object.value("event", "") == event) found.push_back(object);
  }
  return found;
}

bool DaemonProcess::logged(const std::string& job_name, const std::string& cause) const {
  return std::ranges::any_of(events("job.changed"), [&](const json& change) {
    return change.value("name", "") == job_name && change.value("cause", "") == cause;
  });
}

}  // namespace azrestored::test
