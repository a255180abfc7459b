#include "tests/support/installation.hpp"

#include <gtest/gtest.h>

#include "tests/support/raw_connection.hpp"
#include "tests/support/sample_azure.hpp"

namespace azrestored::test {
namespace {

void make_certificates(const std::filesystem::path& folder) {
  const Outcome made = run({{MAKE_CA_SCRIPT, folder.string()}, {}});
  if (made.ending != 0) throw std::runtime_error("make_ca.sh failed: " + made.err);
}

}  // namespace

Installation::Installation() : daemon(folder_.path() / "daemon") {
  make_certificates(certificates());
}

void Installation::configure(const std::string& endpoint, const Json& more) {
  write_file(path("token"), access_token);
  Json settings = {{"arm", {{"endpoint", endpoint}, {"caFile", certificates() / "ca.pem"}}},
                   {"auth", {{"method", "accessToken"}, {"accessTokenFile", path("token")}}}};
  settings.merge_patch(more);
  daemon.configure(settings);
}

void Installation::drop(const std::string& file_name, const std::string& text) {
  const auto incoming = daemon.spool() / "incoming";
  std::filesystem::create_directories(incoming);
  write_file(incoming / (file_name + ".tmp"), text);
  std::filesystem::rename(incoming / (file_name + ".tmp"), incoming / file_name);
}

void Installation::drop(const Json& job) {
  drop(job.at("name").get<std::string>() + ".json", job.dump(2));
}

Outcome Installation::ctl(const std::vector<std::string>& words) const {
  Command command{{AZRESTORECTL, "--config", daemon.settings_file()}, {}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  return run(command);
}

Json Installation::show(const std::string& job) const {
  const Json shown = Json::parse(ctl({"show", job, "--json"}).out, nullptr, false);
  return shown.is_object() ? shown : Json::object();
}

std::optional<Json> Installation::get(const std::string& target) const {
  try {
    const RawAnswer answer = ask(daemon.socket(), "GET", target);
    return answer.status == 200 ? answer.body : Json::object();
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

Json Installation::job(const std::string& name) const {
  const std::optional<Json> job = get("/v1/jobs/" + name);
  return job ? *job : show(name);
}

Json Installation::wait_for_state(const std::string& name, const std::string& state) {
  Json now;
  const auto is_there = [&] {
    now = job(name);
    return now.contains("state") && (now.at("state") == state || now.at("atRest"));
  };
  if (!wait_until(is_there)) ADD_FAILURE() << name << " is not " << state << " but " << now.dump(2);
  return now;
}

Json Installation::wait_for_end(const std::string& job) {
  return wait_for_state(job, "at rest");
}

std::vector<std::string> states_of(const Json& job) {
  std::vector<std::string> states;
  for (const Json& line : job.at("history")) {
    const std::string state = line.at("to");
    if (states.empty() || states.back() != state) states.push_back(state);
  }
  return states;
}

}  // namespace azrestored::test
