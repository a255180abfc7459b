#include "tests/support/job_list.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace azrestored::test {

std::map<std::string, std::string> states_at_rest(const Installation& installation, std::size_t jobs) {
  std::map<std::string, std::string> states;
  const auto all_rest = [&] {
    states.clear();
    std::size_t resting = 0;
    const nlohmann::json list = installation.get("/v1/jobs?limit=200").value_or(nlohmann::json::object());
    for (const nlohmann::json& job : list.value("jobs", nlohmann::json::array())) {
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
