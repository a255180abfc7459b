// Goal: no secret is ever written (I7), neither one for signing in nor one that Azure issues. Method: restores with
// every sign-in method, one with a guard's token and one across regions, with faults. A middleman records the tokens in
// the traffic. Then every file of the daemon, its process and all output of azrestorectl are searched for each secret
// in every possible form.
#include <gtest/gtest.h>

#include <mutex>
#include <regex>
#include <set>

#include "tests/support/job_list.hpp"
#include "tests/support/middleman.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr const char* guard_token = "guard-tenant-access-token-~!-9876543210";
constexpr const char* federated_token = "federated-assertion+of/the=cluster-31415926";
constexpr const char* arc_proof = "proof of the Arc agent: 2718281828459045";

std::string base64(const std::string& text) {
  static constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at + 3 <= text.size(); at += 3) {  // whole groups only: the rest depends on later bytes
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[at + i])); };
    const unsigned group = byte(0) << 16U | byte(1) << 8U | byte(2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) out += digits[(group >> shift) & 63U];
  }
  return out;
}

std::string percent_encoded(const std::string& text, const char* hex) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out.append("%").append(1, hex[byte >> 4U]).append(1, hex[byte & 15U]);
    }
  }
  return out;
}

/// The secret itself, in base64 at every offset, percent-encoded, in hex, and half of it.
std::set<std::string> forms_of(const std::string& secret) {
  std::set<std::string> forms = {secret,
                                 base64(secret),
                                 base64(secret.substr(1)),
                                 base64(secret.substr(2)),
                                 percent_encoded(secret, "0123456789ABCDEF"),
                                 percent_encoded(secret, "0123456789abcdef"),
                                 secret.substr(0, secret.size() / 2),
                                 secret.substr(secret.size() / 2)};
  for (std::string url_safe : {base64(secret), base64(secret.substr(1)), base64(secret.substr(2))}) {
    std::ranges::replace(url_safe, '+', '-');
    std::ranges::replace(url_safe, '/', '_');
    forms.insert(url_safe);
  }
  return forms;
}

/// The first of them in the text, or "".
std::string secret_in(const std::string& text, const std::set<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    for (const std::string& form : forms_of(secret)) {
      if (text.find(form) != std::string::npos) return form;
    }
  }
  return "";
}

TEST(SecretScan, FindsWhatIsPlantedInEachForm) {
  const std::string secret = client_secret;
  const std::string in_base64_behind_four_bytes = base64("key=" + secret + "..");
  for (const std::string& leak : {secret, base64(secret), in_base64_behind_four_bytes,
                                  percent_encoded(secret, "0123456789ABCDEF"), secret.substr(secret.size() / 2)}) {
    EXPECT_NE(secret_in("some text " + leak + " more text", {secret}), "") << leak;
  }
  EXPECT_EQ(secret_in("some text without it", {secret}), "");
}

/// A middleman that records every token that azrestored sends, and those that it gets for a restore across regions.
class EverySecret : public testing::Test {
 protected:
  EverySecret() {
    const Outcome made =
        run({{"/usr/bin/env", "openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=contoso",
              "-days", "2", "-keyout", own.path() / "client.key", "-out", own.path() / "client.crt"},
             {}});
    if (made.ending != 0) throw std::runtime_error("openssl: " + made.err);
    write_file(own.path() / "client.pem", read_file(own.path() / "client.crt") + read_file(own.path() / "client.key"));
    write_file(own.path() / "secret", client_secret);
    write_file(own.path() / "federated", federated_token);
    write_file(own.path() / "guard", guard_token);
    write_file(own.path() / "arc.key", arc_proof);
    secrets = {client_secret, federated_token, guard_token, access_token};
    std::istringstream key(read_file(own.path() / "client.key"));
    for (std::string line; std::getline(key, line);) {
      if (line.size() == 64) secrets.insert(line);
    }
  }

  void begin(Json azure) {
    Json items = Json::array();
    for (const char* vm : {"web01", "web02", "web03", "web04", "web05", "web06"}) items.push_back(replicated_vm(vm));
    Stage::Options options;
    options.azure = azure_with(items);
    options.azure["accessTokens"].push_back(guard_token);
    options.azure.merge_patch(azure);
    stage.emplace(options);
    middleman.emplace(stage->sim.http_port(), certificate_in(stage->certificates(), "server"),
                      [this](const std::string& request, const std::function<Answer()>& azure_says, Peer& peer) {
                        const Answer answer = azure_says();
                        note(request, answer);
                        peer.write(answer.text());
                      });
  }

  void note(const std::string& request, const Answer& answer) {
    const std::lock_guard lock(mutex);
    static const std::regex token(
        R"re((?:Bearer |access_token":"|accessTokenString":"|client_assertion=)([^"&\s]{20,}))re");
    for (const std::string& text : {request, answer.body}) {
      for (std::sregex_iterator found(text.begin(), text.end(), token), end; found != end; ++found) {
        secrets.insert((*found)[1]);
        if (request.find("x-ms-authorization-auxiliary") != std::string::npos) saw_guards_token = true;
        if (text.find("accessTokenString") != std::string::npos) saw_regions_token = true;
      }
    }
  }

  /// Searches everywhere; the daemon is still running.
  void expect_no_secret_anywhere(const std::vector<std::string>& jobs) {
    const std::string process = "/proc/" + std::to_string(stage->daemon.pid());
    std::vector<std::filesystem::path> places = {process + "/environ", process + "/cmdline"};
    for (const auto& entry : std::filesystem::recursive_directory_iterator(stage->path("daemon"))) {
      if (entry.is_regular_file()) places.push_back(entry.path());
    }
    ASSERT_GE(places.size(), 2 + 3 + jobs.size());  // settings, log, database, and a file for each job
    const std::lock_guard lock(mutex);
    for (const auto& place : places) EXPECT_EQ(secret_in(read_file(place), secrets), "") << place;
    std::vector<std::vector<std::string>> asked = {{"status"}, {"status", "--json"}, {"list", "--json"}};
    for (const std::string& job : jobs) {
      asked.push_back({"show", job, "--json"});
      asked.push_back({"explain", job});
      asked.push_back({"events", job, "--json"});
    }
    for (const auto& words : asked) {
      const Outcome said = stage->ctl(words);
      EXPECT_EQ(secret_in(said.out + said.err, secrets), "") << words.front();
    }
    test::RawConnection metrics(stage->path("daemon/control.sock"));
    metrics.write("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string body = metrics.read_to_end();
    EXPECT_NE(body.find("azrestored_jobs{"), std::string::npos);
    EXPECT_EQ(secret_in(body, secrets), "");
  }

  const TempDir own;  // the files of the secrets, where the daemon writes nothing
  std::optional<Stage> stage;
  std::optional<Middleman> middleman;
  std::mutex mutex;
  std::set<std::string> secrets;
  bool saw_guards_token = false;
  bool saw_regions_token = false;
};

TEST_F(EverySecret, OfEachWayToSignInIsNowhereToBeFound) {
  const Json client = {{"tenantId", tenant_id}, {"clientId", client_id}};
  Json known = client;
  known["secret"] = client_secret;
  known["certificate"] = read_file(own.path() / "client.crt");
  known["federatedAssertions"] = {federated_token};
  begin({{"clients", Json::array({known})}});
  const auto profile = [&](const std::string& name, const std::string& method, Json more) {
    more.update(method == "accessToken" || method == "managedIdentity" ? Json::object() : client);
    // An assertion is valid for one authority, so this one is signed for the simulator itself.
    const std::string authority = method == "clientCertificate" ? stage->sim.https_url() : middleman->url();
    more.update({{"name", name}, {"method", method}, {"authority", authority}});
    return more;
  };
  const Json profiles = {
      profile("secret", "clientSecret", {{"clientSecretFile", own.path() / "secret"}}),
      profile("certificate", "clientCertificate", {{"clientCertificateFile", own.path() / "client.pem"}}),
      profile("workload", "workloadIdentity", {{"federatedTokenFile", own.path() / "federated"}}),
      profile("machine", "managedIdentity", {{"imdsEndpoint", stage->sim.http_url()}}),
      profile("token", "accessToken", {{"accessTokenFile", stage->path("token")}}),
      profile("guard", "accessToken", {{"accessTokenFile", own.path() / "guard"}})};
  stage->configure(middleman->url(), {{"auth", profiles}});
  stage->sim.add_fault("GET .*operationsStatus/@1=500");
  stage->sim.add_fault("GET .*recoveryPoints\\?@2=401");
  stage->sim.add_fault("POST .*/restore\\?@2=lost");
  stage->daemon.start();
  const std::vector<std::string> jobs = {"secret", "certificate", "workload", "machine", "token", "abroad"};
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::string vm = "web0" + std::to_string(i + 1);
    Json job = jobs[i] == "abroad" ? cross_region_job(jobs[i], vm) : disks_job(jobs[i], vm);
    job["auth"] = jobs[i] == "abroad" ? "secret" : jobs[i];
    if (jobs[i] == "token") job["guardAuth"] = "guard";
    stage->drop(job);
  }

  for (const auto& [name, state] : states_at_rest(*stage, jobs.size())) EXPECT_EQ(state, "succeeded") << name;
  EXPECT_EQ(stage->sim.restores().size(), jobs.size());
  EXPECT_TRUE(saw_guards_token);
  EXPECT_TRUE(saw_regions_token);
  EXPECT_GE(secrets.size(), 4 + 20 + 4U) << "files, lines of the key, and tokens in the traffic";
  expect_no_secret_anywhere(jobs);
}

/// A sign-in that fails: the authority repeats the secrets in its response, as some do.
TEST_F(EverySecret, ThatARefusalRepeatsIsNotPassedOn) {
  const Json said = {{"error", "invalid_client"}, {"error_description", std::string("wrong: ") + client_secret}};
  begin({{"tokenErrors", Json::array({{{"status", 401}, {"body", said}, {"times", 1000}}})}});
  stage->configure(middleman->url(), {{"auth",
                                       {{"method", "clientSecret"},
                                        {"authority", middleman->url()},
                                        {"tenantId", tenant_id},
                                        {"clientId", client_id},
                                        {"clientSecretFile", own.path() / "secret"},
                                        {"accessTokenFile", nullptr}}}});
  stage->daemon.start();
  stage->drop(disks_job("drill"));
  ASSERT_TRUE(wait_until([&] { return stage->job("drill").value("failures", 0) > 0; }));
  expect_no_secret_anywhere({"drill"});
}

TEST_F(EverySecret, OfAzureArcIsNowhereToBeFound) {
  secrets.insert(arc_proof);
  begin({{"arc", {{"file", own.path() / "arc.key"}}}});
  stage->configure(middleman->url(), {{"auth",
                                       {{"method", "managedIdentity"},
                                        {"arcTokenFolder", own.path()},
                                        {"imdsEndpoint", stage->sim.http_url()},
                                        {"accessTokenFile", nullptr}}}});
  stage->daemon.start({{"IDENTITY_ENDPOINT", stage->sim.http_url() + "/metadata/identity/oauth2/token"},
                       {"IMDS_ENDPOINT", stage->sim.http_url()}});
  stage->drop(disks_job("drill"));
  EXPECT_EQ(stage->wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage->sim.report().at("tokenRequests").back().at("endpoint"), "arc");
  expect_no_secret_anywhere({"drill"});
}

}  // namespace
}  // namespace azrestored::test
