#include "tests/support/sim_process.hpp"

#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "core/json/fault.hpp"
#include "tests/support/files.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/sample_azure.hpp"

namespace azrestored::test {

using nlohmann::json;

SimProcess::SimProcess(std::filesystem::path folder, const std::filesystem::path& certificate, const json& state,
                       const std::vector<std::string>& arguments)
    : folder_(std::move(folder)), certificate_(certificate), arguments_(arguments) {
  std::filesystem::create_directories(folder_);
  write_file(folder_ / "state.json", state.dump(2));
  start();
}

void SimProcess::start() {
  const auto file = [&](const char* name) { return (folder_ / name).string(); };
  Command command;
  command.words = {AZRESTORE_SIM,
                   "--state",
                   file("state.json"),
                   "--port-file",
                   file("ports.json"),
                   "--log",
                   file("requests.log"),
                   "--port",
                   std::to_string(https_port_),  // any port at first
                   "--http-port",
                   std::to_string(http_port_),
                   "--tls-cert",
                   certificate_.string() + ".pem",
                   "--tls-key",
                   certificate_.string() + ".key",
                   "--retry-after",
                   "0"};
  command.words.insert(command.words.end(), arguments_.begin(), arguments_.end());
  std::filesystem::remove(file("ports.json"));
  process_.emplace(command, file("out"), file("err"));
  const auto is_listening = [&] { return process_->ending() || std::filesystem::exists(file("ports.json")); };
  if (!wait_until(is_listening) || process_->ending()) {
    throw std::runtime_error("azrestore-sim does not start: " + read_file(file("err")));
  }
  const json ports = json::parse(read_file(file("ports.json")));
  https_port_ = ports.at("https");
  http_port_ = ports.at("http");
}

void SimProcess::kill() {
  process_->send(SIGKILL);
  process_->wait();
}

void SimProcess::start_again() {
  start();
}

void SimProcess::add_fault(const std::string& fault) {
  post_json(http_port_, "/_sim/faults", {{"faults", json::array({fault})}});
}

void SimProcess::replace_faults(const std::vector<std::string>& faults) {
  post_json(http_port_, "/_sim/faults", {{"clear", true}, {"faults", faults}});
}

void SimProcess::clear_faults() {
  replace_faults({});
}

void SimProcess::expire_tokens() {
  post_json(http_port_, "/_sim/tokens/expire", json::object());
}

void SimProcess::repeat_last_restore() {
  const json last = restores().back();
  const std::string target = requests("/restore?").back().at("target");
  post_json(http_port_, target, last.at("body"),
            {{"Content-Type", "application/json"},
             {"Authorization", std::string("Bearer ") + access_token},
             {"x-ms-client-request-id", last.at("requestId").get<std::string>()}});
}

json SimProcess::report() const {
  return get_json(http_port_, "/_sim/report");
}

std::vector<json> SimProcess::requests() const {
  std::vector<json> all;
  std::istringstream log(read_file(folder_ / "requests.log"));
  for (std::string line; std::getline(log, line) && !log.eof();) all.push_back(json::parse(line));
  return all;
}

std::vector<json> SimProcess::requests(const std::string& text) const {
  std::vector<json> all = requests();
  std::erase_if(all, [&](const json& request) {
    const std::string line = request.at("method").get<std::string>() + " " + request.at("target").get<std::string>();
    return line.find(text) == std::string::npos;
  });
  return all;
}

}  // namespace azrestored::test
