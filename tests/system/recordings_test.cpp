// Goal: real traffic of Azure is understood. Method: each recording in ../shared is served by its replay server; the
// job files are made from the restores that were recorded, so that each must lead to the very request that was sent
// then. The server counts what differs. Skipped where the recordings are absent.
#include <gtest/gtest.h>

#include <csignal>
#include <functional>
#include <sstream>

#include "tests/support/installation.hpp"

namespace azrestored::test {
namespace {

using Json = nlohmann::json;

const std::filesystem::path shared = SHARED_DIRECTORY;

std::string segment_after(const std::string& path, const std::string& name) {
  const auto begin = path.find(name + "/") + name.size() + 1;
  std::string segment = path.substr(begin, path.find('/', begin) - begin);
  for (auto at = segment.find("%3B"); at != std::string::npos; at = segment.find("%3B")) segment.replace(at, 3, ";");
  return segment;
}

/// The job file that asks for a recorded restore: what the daemon finds or fills in by itself is left out.
Json job_file(const std::string& name, const Json& exchange) {
  const std::string path = exchange.at("uri");
  const auto vault = path.find("/subscriptions/");
  Json restore = Json::parse(exchange.at("request_body").get<std::string>()).at("properties");
  Json file = {{"name", name},
               {"vault", path.substr(vault, path.find("/backupFabrics") - vault)},
               {"virtualMachine", restore.at("sourceResourceId")},
               {"recoveryPoint", restore.at("recoveryPointId")}};
  if (restore.at("recoveryType") == "OriginalLocation") {
    const std::string vm = restore.at("sourceResourceId");
    file["replaceDisksOf"] = vm.substr(vm.rfind('/') + 1);
  }
  for (const char* ours :
       {"objectType", "recoveryPointId", "sourceResourceId", "createNewCloudService", "originalStorageAccountOption"}) {
    restore.erase(ours);
  }
  file["restore"] = restore;
  return file;
}

class Recording : public Installation {
 public:
  enum class Door { open, tls_and_sign_in };

  explicit Recording(const std::string& name, Door door = Door::open, const std::vector<std::string>& options = {}) {
    const auto file = shared / "recordings" / (name + ".json");
    exchanges_ = Json::parse(read_file(file));
    Command command{
        {"/usr/bin/python3", shared / "tools" / "replay_server.py", "--cassette", file, "--port", "0", "--log",
         path("replay.log"), "--max-retry-after", "1", "--add-retry-after", "0", "--compress", "3"},
        {}};
    command.words.insert(command.words.end(), options.begin(), options.end());
    if (door == Door::tls_and_sign_in) {
      const auto certificate = (certificates() / "server").string();
      for (const auto& word :
           {std::string("--tls"), certificate + ".pem", certificate + ".key", std::string("--require-auth")}) {
        command.words.push_back(word);
      }
    }
    server_.emplace(command, path("replay.out"), path("replay.err"));
    const auto announced = [&] { return read_file(path("replay.out")).find(" on http") != std::string::npos; };
    if (!wait_until(announced)) throw std::runtime_error("no replay server: " + read_file(path("replay.err")));
    std::string url = read_file(path("replay.out"));
    url = url.substr(url.find(" on http") + 4);
    url = url.substr(0, url.find('\n'));
    configure(url, door == Door::open ? Json::object() : sign_in_at(url));
  }

  /// Restores all that was restored then, one after the other; the last job.
  Json restore_all() {
    daemon.start();
    Json job;
    int number = 0;
    for (const Json& exchange : exchanges_) {
      const std::string uri = exchange.at("uri");
      if (exchange.at("method") != "POST" || uri.find("/restore?") == std::string::npos) continue;
      const std::string name = "restore-" + std::to_string(++number);
      Json file = job_file(name, exchange);
      if (prepare) prepare(file, uri);
      drop(file);
      job = wait_for_end(name);
      states.push_back(job.at("state"));
    }
    return job;
  }

  /// The server's counts, which it gives when it ends.
  Json counts() {
    server_->send(SIGTERM);
    server_->wait();
    std::istringstream lines(read_file(path("replay.log")));
    Json last;
    for (std::string line; std::getline(lines, line);) last = Json::parse(line);
    return last.at("summary");
  }

  std::function<void(Json& file, const std::string& uri)> prepare;
  std::vector<std::string> states;

 private:
  Json sign_in_at(const std::string& url) {
    write_file(path("secret"), "any secret will do");
    return {{"auth",
             {{"method", "clientSecret"},
              {"authority", url},
              {"tenantId", "00000000-0000-0000-0000-000000000000"},
              {"clientId", "00000000-0000-0000-0000-000000000000"},
              {"clientSecretFile", path("secret")},
              {"accessTokenFile", nullptr}}}};
  }

  Json exchanges_;
  std::optional<Process> server_;
};

void expect_faithful(Recording& recording, int restores) {
  const Json counts = recording.counts();
  EXPECT_EQ(counts.at("restore_posts"), restores) << counts.dump();
  EXPECT_EQ(counts.at("semantic_diffs"), 0) << counts.dump();
  EXPECT_EQ(counts.at("duplicate_restore_posts"), 0) << counts.dump();
  EXPECT_EQ(counts.at("unmatched"), 0) << counts.dump();
}

class Recordings : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(shared / "recordings")) {
      GTEST_SKIP() << "there are no recordings in " << shared << "; they are not part of the project";
    }
  }
};

TEST_F(Recordings, AllFourRestoresOfDecember2024Succeed) {
  Recording recording("restore_2024-12");
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(4, "succeeded"));
  expect_faithful(recording, 4);
}

TEST_F(Recordings, TheRestoreOfOctober2021SucceedsWithTheItemNamedOutright) {
  Recording recording("ps_restore_msi_2021-10");
  recording.prepare = [](Json& file, const std::string& uri) {
    file["protectedItem"] = {{"container", segment_after(uri, "protectionContainers")},
                             {"item", segment_after(uri, "protectedItems")}};
    file["recoveryPoint"] = "latest";  // the point itself was not read then
  };
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>{"succeeded"});
  expect_faithful(recording, 1);
}

TEST_F(Recordings, BothRestoresWithoutSomeDisksOfAugust2024Succeed) {
  Recording recording("disk_exclusion_2024-08");
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(2, "succeeded"));
  expect_faithful(recording, 2);
}

TEST_F(Recordings, TheFailedRestoreOfFebruary2024FailsWithItsReason) {
  Recording recording("scenario_2024-02_failed_internal");
  const Json job = recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>{"failed"});
  EXPECT_EQ(job.at("error").at("code"), "RestoreOperationFailed");
  expect_faithful(recording, 1);
}

TEST_F(Recordings, ALostAnswerIsAdoptedWithoutASecondPost) {
  Recording recording("restore_2024-12", Recording::Door::open, {"--fault", "POST .*/restore\\?@1=lost"});
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(4, "succeeded"));
  expect_faithful(recording, 4);
}

TEST_F(Recordings, UnderTlsWithSignInTheSameHappens) {
  Recording recording("disk_exclusion_2024-08", Recording::Door::tls_and_sign_in);
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(2, "succeeded"));
  expect_faithful(recording, 2);
}

}  // namespace
}  // namespace azrestored::test
