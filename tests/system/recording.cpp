#include "tests/system/recording.hpp"

#include <csignal>

namespace azrestored::test {
namespace {

const std::filesystem::path shared = SHARED_DIRECTORY;

bool is_restore(const Json& exchange) {
  const std::string uri = exchange.at("uri");
  return exchange.at("method") == "POST" &&
         (uri.find("/restore?") != std::string::npos || uri.find("/backupCrossRegionRestore?") != std::string::npos);
}

/// The job file for a recorded restore, without the values that the daemon finds or fills in by itself. The recordings
/// have no pre-flight, but they have the facts that the rules need.
Json job_file(const std::string& name, const Json& exchange, const std::string& vault) {
  const Json body = Json::parse(exchange.at("request_body").get<std::string>());
  const bool crosses = body.contains("restoreRequest");
  Json restore = body.at(crosses ? "restoreRequest" : "properties");
  Json file = {{"name", name},
               {"vault", vault},
               {"virtualMachine", restore.at("sourceResourceId")},
               {"recoveryPoint", restore.at("recoveryPointId")},
               {"validate", "local"}};
  if (crosses) file["crossRegion"]["region"] = restore.at("region");
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

/// The vault of the recording. A restore across regions names it only in other requests.
std::string vault_in(const Json& exchanges) {
  for (const Json& exchange : exchanges) {
    const std::string uri = exchange.at("uri");
    const auto begin = uri.find("/subscriptions/");
    const auto vault = uri.find("/vaults/");
    if (vault != std::string::npos) return uri.substr(begin, uri.find_first_of("/?", vault + 8) - begin);
  }
  throw std::runtime_error("the recording names no vault");
}

}  // namespace

std::string segment_after(const std::string& path, const std::string& name) {
  const auto begin = path.find(name + "/") + name.size() + 1;
  std::string segment = path.substr(begin, path.find('/', begin) - begin);
  for (auto at = segment.find("%3B"); at != std::string::npos; at = segment.find("%3B")) segment.replace(at, 3, ";");
  return segment;
}

Recording::Recording(const std::string& name, Door door, const std::vector<std::string>& options) {
  const auto file = shared / "recordings" / (name + ".json");
  const Json exchanges = Json::parse(read_file(file));
  const std::string vault = vault_in(exchanges);
  for (const Json& exchange : exchanges) {
    if (!is_restore(exchange)) continue;
    const std::string job = "restore-" + std::to_string(files_.size() + 1);
    files_.emplace_back(job_file(job, exchange, vault), exchange.at("uri"));
  }
  Command command{{"/usr/bin/python3", shared / "tools" / "replay_server.py", "--cassette", file, "--port", "0",
                   "--log", path("replay.log"), "--max-retry-after", "1", "--add-retry-after", "0", "--compress", "3"},
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

Json Recording::restore_all() {
  daemon.start();
  Json job;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    drop_restore(i);
    job = wait_for_end("restore-" + std::to_string(i + 1));
    states.push_back(job.at("state"));
  }
  return job;
}

void Recording::drop_restore(std::size_t index) {
  auto [file, uri] = files_.at(index);
  if (prepare) prepare(file, uri);
  drop(file);
}

Json Recording::counts() {
  server_->send(SIGTERM);
  server_->wait();
  std::istringstream lines(read_file(path("replay.log")));
  Json last;
  for (std::string line; std::getline(lines, line);) last = Json::parse(line);
  return last.at("summary");
}

Json Recording::sign_in_at(const std::string& url) {
  write_file(path("secret"), "any secret will do");
  return {{"auth",
           {{"method", "clientSecret"},
            {"authority", url},
            {"tenantId", "00000000-0000-0000-0000-000000000000"},
            {"clientId", "00000000-0000-0000-0000-000000000000"},
            {"clientSecretFile", path("secret")},
            {"accessTokenFile", nullptr}}}};
}

void expect_faithful(Recording& recording, int restores) {
  const Json counts = recording.counts();
  EXPECT_EQ(counts.at("restore_posts"), restores) << counts.dump();
  EXPECT_EQ(counts.at("semantic_diffs"), 0) << counts.dump();
  EXPECT_EQ(counts.at("duplicate_restore_posts"), 0) << counts.dump();
  EXPECT_EQ(counts.at("unmatched"), 0) << counts.dump();
}

void Recordings::SetUp() {
  if (!std::filesystem::exists(shared / "recordings")) {
    GTEST_SKIP() << "there are no recordings in " << shared << "; they are not part of the project";
  }
}

}  // namespace azrestored::test
