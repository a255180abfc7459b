#include "tests/support/job_list.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace azrestored::test {

std::map<std::string, std::string> states_at_rest(const Installation& installation, std::size_t jobs) {
  std::map<std::string, std::string> states;
  const auto all_rest = [&] {
    states.clear();
    std::size_t resting = 0;
    std::istringstream lines(installation.ctl({"list", "--json", "--limit", "10000"}).out);
    for (std::string line; std::getline(lines, line);) {
      const nlohmann::json job = nlohmann::json::parse(line);
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
