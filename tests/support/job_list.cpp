#include "tests/support/job_list.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/support/raw_connection.hpp"

namespace azrestored::test {

namespace {

/// From the control socket and not from azrestorectl: with sanitizers the start of a program costs more than a restore.
/// Empty while the daemon does not respond.
nlohmann::json newest_jobs(const Installation& installation) {
  try {
    const RawAnswer answer = ask(installation.daemon.socket(), "GET", "/v1/jobs?limit=200");
    return answer.status == 200 ? answer.body.at("jobs") : nlohmann::json::array();
  } catch (const std::runtime_error&) {
    return nlohmann::json::array();
  }
}

}  // namespace

std::map<std::string, std::string> states_at_rest(const Installation& installation, std::size_t jobs) {
  std::map<std::string, std::string> states;
  const auto all_rest = [&] {
    states.clear();
    std::size_t resting = 0;
    for (const nlohmann::json& job : newest_jobs(installation)) {
      states[job.at("name")] = job.at("state");
      resting += job.at("atRest").get<bool>() ? 1 : 0;
    }
    return resting == jobs;
  };
  if (!wait_until(all_rest)) {
    std::string now;
    for (const auto& [name, state] : states) now += " " + name + " " + state;
    ADD_FAILURE() << "not all are at rest:" << now;
  }
  return states;
}

}  // namespace azrestored::test
