// Goal: azrestored does not follow a redirect, so the access token goes to no other host. It repeats the request, or
// searches for the restore if it was the restore request. Method: a middleman responds with each kind of redirect at
// each step of a restore, with one VM for each pair. A thief listens at the target of the redirects and must never be
// called.
#include <gtest/gtest.h>

#include <mutex>
#include <regex>
#include <set>

#include "tests/support/job_list.hpp"
#include "tests/support/middleman.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

const std::vector<std::string> redirects = {"300 Multiple Choices",   "301 Moved Permanently",  "302 Found",
                                            "303 See Other",          "304 Not Modified",       "305 Use Proxy",
                                            "307 Temporary Redirect", "308 Permanent Redirect", "399 Unheard Of"};

struct Place {
  const char* pattern;        // of a request's first line
  bool takes_effect = false;  // the simulator also gets the request; only its response is replaced
};
const std::vector<Place> places = {{"^GET .*/recoveryPoints\\?"},
                                   {"^POST .*/backupTriggerValidateOperation\\?"},
                                   {"^POST .*/restore\\?"},
                                   {"^POST .*/restore\\?", true},
                                   {"^GET .*/operationsStatus/"}};

/// "vm10" is the first redirect of the first step.
std::string vm(std::size_t place, std::size_t redirect) {
  return "vm" + std::to_string(place + 1) + std::to_string(redirect);
}

TEST(Redirects, AreNotFollowedWhereverTheyComeAndEachRestoreIsOne) {
  LoopbackServer thief([](Peer& peer) { peer.wait_for_close(); });
  Json vms = Json::array();
  for (std::size_t place = 0; place < places.size(); ++place) {
    for (std::size_t redirect = 0; redirect < redirects.size(); ++redirect) {
      vms.push_back(protected_vm(vm(place, redirect)));
    }
  }
  Stage::Options options;
  options.azure = azure_with(vms);
  Stage stage(options);

  std::mutex mutex;
  std::set<std::string> redirected;
  const auto is_due = [&](const std::string& name, const std::string& line, const Place& place) {
    const std::lock_guard lock(mutex);
    return std::regex_search(line, std::regex(place.pattern)) && redirected.insert(name).second;
  };
  // The vault's list also reports an operation and may come before its first poll.
  const auto hide_unpolled = [&](Answer& list) {
    const std::lock_guard lock(mutex);
    Json body = Json::parse(list.body, nullptr, false);
    if (!body.is_object() || !body.contains("value")) return;
    Json rows = Json::array();
    for (const Json& row : body["value"]) {
      const std::string name = row.at("properties").at("entityFriendlyName");
      if (!name.starts_with(vm(4, 0).substr(0, 3)) || redirected.contains(name)) rows.push_back(row);
    }
    body["value"] = rows;
    list.body = body.dump();
  };
  const auto script = [&](const std::string& request, const std::function<Answer()>& azure, Peer& peer) {
    const std::string line = request.substr(0, request.find('\r'));
    std::smatch name;
    // Between characters that signatures of signed addresses do not have: these have every combination of letters.
    const bool is_about_one = std::regex_search(request, name, std::regex("(?:;|%3B|/)(vm([1-5])([0-8]))(?!\\w)"));
    const Place* const place = is_about_one ? &places.at(std::stoul(name[2]) - 1) : nullptr;
    if (place == nullptr || !is_due(name[1], line, *place)) {
      Answer answer = azure();
      if (line.find("/backupJobs?") != std::string::npos) hide_unpolled(answer);
      peer.write(answer.text());
      return;
    }
    if (place->takes_effect) azure();
    Answer answer;
    answer.status = redirects.at(std::stoul(name[3]));
    const std::string path = line.substr(line.find('/'), line.rfind(' ') - line.find('/'));
    answer.set("Location", "https://127.0.0.1:" + std::to_string(thief.port()) + path);
    answer.set("Azure-AsyncOperation", answer.header("Location"));
    peer.write(answer.text());
  };
  Middleman middleman(stage.sim.http_port(), certificate_in(stage.certificates(), "server"), script);
  stage.configure(middleman.url());
  stage.daemon.start();
  for (const Json& item : vms) {
    const std::string id = item.at("vm");
    const std::string name = id.substr(id.rfind('/') + 1);
    stage.drop(disks_job(name, name));
  }

  for (const auto& [name, state] : states_at_rest(stage, vms.size())) EXPECT_EQ(state, "succeeded") << name;
  EXPECT_EQ(redirected.size(), vms.size()) << "not every redirect was met";
  EXPECT_EQ(thief.connections(), 0) << "a redirect was followed";
  std::set<std::string> restored;
  for (const Json& restore : stage.sim.restores()) restored.insert(restore.at("body").dump());
  EXPECT_EQ(restored.size(), vms.size());
  EXPECT_EQ(stage.sim.restores().size(), vms.size());
  EXPECT_EQ(stage.daemon.log().find(access_token), std::string::npos);
}

}  // namespace
}  // namespace azrestored::test
