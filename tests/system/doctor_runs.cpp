#include "tests/system/doctor_runs.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace azrestored::test {

std::vector<Json> Examined::of(const std::string& check) const {
  std::vector<Json> found;
  for (const Json& each : checks)
    if (each.at("check") == check) found.push_back(each);
  return found;
}

std::string Examined::finding(const std::string& check) const {
  const auto found = of(check);
  if (found.size() != 1) return std::to_string(found.size()) + " findings in " + checks.dump(1);
  return found[0].at("verdict").get<std::string>() + ": " + found[0].at("sentence").get<std::string>();
}

std::vector<std::string> Examined::not_ok() const {
  std::vector<std::string> names;
  for (const Json& each : checks)
    if (each.at("verdict") != "ok") names.push_back(each.at("check"));
  return names;
}

Examined read_outcome(const Outcome& outcome) {
  Examined examined;
  examined.ending = outcome.ending;
  examined.all = outcome.out + outcome.err;
  const Json report = Json::parse(outcome.out, nullptr, false);
  if (!report.is_object()) {
    ADD_FAILURE() << outcome.out << outcome.err;
    return examined;
  }
  EXPECT_EQ(report.at("exitCode"), outcome.ending);
  for (const Json& each : report.at("checks"))
    if (each.at("check") != "disk") examined.checks.push_back(each);
  return examined;
}

Examined examine(const Stage& stage, std::vector<std::string> words) {
  words.insert(words.begin(), {"--json", "doctor"});
  return read_outcome(stage.ctl(words));
}

void prepare(Stage& stage) {
  for (const char* secret : {"secret", "token"}) ::chmod(stage.path(secret).c_str(), 0600);
  stage.daemon.start();
  ASSERT_EQ(stage.daemon.stop(), 0);
}

Stage::Options by_secret(const Json& permissions) {
  Stage::Options options;
  options.sign_in = Stage::SignIn::by_secret;
  if (!permissions.is_null()) options.azure["vaults"][0]["permissions"] = permissions;
  return options;
}

}  // namespace azrestored::test
