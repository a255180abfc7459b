// Goal: azrestored sends the access token only to the configured Azure, whatever address a response names; and each
// restore still starts once and ends correctly, or fails before its request with a code of its own. Method: a middleman puts odd addresses into the simulator's responses,
// a different one for each VM. A thief listens at these addresses and must never be called.
#include <gtest/gtest.h>

#include <atomic>
#include <regex>
#include <set>

#include "tests/support/job_list.hpp"
#include "tests/support/middleman.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

/// The part before the path. OURS is the service's host and port, THIEF is 127.0.0.1 and the thief's port, PORT the
/// service's port, TPORT the thief's.
const std::vector<std::string> odd_addresses = {
    "https://THIEF",                       // another host
    "http://THIEF",                        // and without TLS
    "https://localhost:TPORT",             // another port
    "https://LOCALHOST:TPORT",             // letter case
    "http://OURS",                         // without TLS
    "http://localhost:TPORT",              //
    "https://127.0.0.1:PORT",              // another name of the same machine
    "https://OURS@THIEF",                  // our name as the user's
    "https://user:OURS@THIEF",             //
    "https://THIEF@OURS",                  // the thief as the user's
    "https://THIEF\\@OURS",                // parsers disagree about which side of the backslash is the host
    "https://THIEF\\.localhost:PORT",      //
    "https://OURS\\@THIEF",                //
    "https://OURS%40THIEF",                // encoded
    "https://localhost%3APORT@THIEF",      //
    "https://localhost%2E:TPORT",          //
    "https://localhost.:TPORT",            // the trailing dot of a full name
    "https://localhost.:PORT",             //
    "https://localhost.THIEF",             // ours as a sub-domain of theirs
    "https://OURS.THIEF",                  //
    "https://\xe2\x85\xbcocalhost:TPORT",  // a Roman numeral fifty, which IDNA maps to "l"
    "https://xn--ocalhost-z58e:TPORT",     //
    "https://2130706433:TPORT",            // 127.0.0.1 in other spellings
    "https://0x7f.1:TPORT",                //
    "https://[::ffff:127.0.0.1]:TPORT",    //
    "https://localhost:0TPORT",            //
    "https://localhost:PORT:TPORT",        //
    "//THIEF",                             // without a scheme
    "https:THIEF",                         //
    "https:/THIEF",                        //
    "https:///THIEF",                      //
    "\thttps://THIEF",                     //
    "ftp://THIEF",                         //
    "HTTPS://THIEF",                       //
};

void replace(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string vm_number(std::size_t i) {
  return "vm" + std::to_string(100 + i);
}

Json vms(std::size_t count, Json (*make)(const std::string&, const Json&)) {
  Json all = Json::array();
  for (std::size_t i = 0; i < count; ++i) all.push_back(make(vm_number(i), Json::object()));
  return all;
}

bool is(const std::string& request, const std::string& pattern) {
  return std::regex_search(request.substr(0, request.find('\r')), std::regex(pattern));
}

/// The daemon, the simulator, the middleman between them, and the thief.
class ForeignAddresses : public testing::Test {
 protected:
  using Script = std::function<Answer(const std::string& request, const std::function<Answer()>& azure)>;

  /// `script` makes the response to each request.
  void talk_through(Script script, Json items) {
    Stage::Options options;
    options.azure = azure_with(items);
    stage.emplace(options);
    middleman.emplace(stage->sim.http_port(), certificate_in(stage->certificates(), "server"),
                      [script](const std::string& request, const std::function<Answer()>& azure, Peer& peer) {
                        peer.write(script(request, azure).text());
                      });
    stage->configure(middleman->url());
  }

  [[nodiscard]] std::string address(std::string odd) const {
    replace(odd, "OURS", "localhost:" + std::to_string(middleman->port()));
    replace(odd, "THIEF", "127.0.0.1:" + std::to_string(thief.port()));
    replace(odd, "TPORT", std::to_string(thief.port()));
    replace(odd, "PORT", std::to_string(middleman->port()));
    return odd;
  }

  /// `url` with its host replaced by the odd address of the VM in the request.
  [[nodiscard]] std::string odd_for(const std::string& request, const std::string& url) const {
    std::smatch number;
    if (!std::regex_search(request, number, std::regex("(?:;|%3B|/)vm1(\\d\\d)(?!\\w)"))) return url;
    return odd(std::stoul(number[1]), url);
  }

  /// `url` with its host replaced by the odd address of this number.
  [[nodiscard]] std::string odd(std::size_t number, const std::string& url) const {
    return address(odd_addresses.at(number)) + url.substr(url.find('/', url.find("://") + 3));
  }

  void falsify(const std::string& request, Answer& answer, const std::string& header) const {
    if (const std::string url = answer.header(header); !url.empty()) answer.set(header, odd_for(request, url));
  }

  void restore_all(Json (*make)(const std::string&, const std::string&)) {
    stage->daemon.start();
    for (std::size_t i = 0; i < odd_addresses.size(); ++i) stage->drop(make(vm_number(i), vm_number(i)));
    auto states = states_at_rest(*stage, odd_addresses.size());
    for (std::size_t i = 0; i < odd_addresses.size(); ++i) {
      EXPECT_EQ(states[vm_number(i)], "succeeded") << odd_addresses[i];
    }
    expect_nothing_stolen();
  }

  /// Each VM was restored once, and the token went to no other host.
  void expect_nothing_stolen() {
    std::set<std::string> restored;
    for (const Json& restore : stage->sim.restores()) restored.insert(restore.at("body").dump());
    EXPECT_EQ(stage->sim.restores().size(), odd_addresses.size());
    EXPECT_EQ(restored.size(), odd_addresses.size());
    EXPECT_EQ(stage->sim.restore_posts(), static_cast<int>(odd_addresses.size()));
    EXPECT_EQ(thief.connections(), 0) << "the thief was called";
    EXPECT_EQ(middleman->failed_handshakes(), 0) << "a client connected without TLS or with a different name";
    EXPECT_EQ(stage->daemon.log().find(access_token), std::string::npos);
  }

  LoopbackServer thief{[](Peer& peer) { peer.wait_for_close(); }};
  std::optional<Stage> stage;
  std::optional<Middleman> middleman;  // destroyed before the stage
};

TEST_F(ForeignAddresses, OfAnOperationAreNotCalledAndItsRestoreIsFoundByItsRequestId) {
  talk_through(
      [this](const std::string& request, const std::function<Answer()>& azure) {
        Answer answer = azure();
        if (is(request, "^POST .*/restore\\?")) {
          falsify(request, answer, "Azure-AsyncOperation");
          falsify(request, answer, "Location");
        }
        return answer;
      },
      vms(odd_addresses.size(), protected_vm));
  restore_all(disks_job);
  EXPECT_TRUE(stage->daemon.logged(vm_number(0), "operation-gone"));
}

TEST_F(ForeignAddresses, OfALocationAndOfThePreflightAreNotCalledEither) {
  talk_through(
      [this](const std::string& request, const std::function<Answer()>& azure) {
        Answer answer = azure();
        if (is(request, "^POST .*(/restore|/backupTriggerValidateOperation)\\?")) {
          answer.remove("Azure-AsyncOperation");
          falsify(request, answer, "Location");
        }
        return answer;
      },
      vms(odd_addresses.size(), protected_vm));
  restore_all(disks_job);
  EXPECT_TRUE(stage->daemon.logged(vm_number(0), "preflight-skipped"));
}

TEST_F(ForeignAddresses, OfTheSecondaryRegionAreNotCalled) {
  talk_through(
      [this](const std::string& request, const std::function<Answer()>& azure) {
        Answer answer = azure();
        if (is(request, "^POST .*/backupCrossRegionRestore\\?")) {
          falsify(request, answer, "Azure-AsyncOperation");
          falsify(request, answer, "Location");
        }
        return answer;
      },
      vms(odd_addresses.size(), replicated_vm));
  restore_all(cross_region_job);
}

/// A retry would meet the same address, so each job ends with the fault of the address, before its request.
TEST_F(ForeignAddresses, OfAListsNextPageAreNotCalledAndEndTheJobWithTheirOwnCode) {
  talk_through(
      [&](const std::string& request, const std::function<Answer()>& azure) {
        Answer answer = azure();
        if (!is(request, "^GET .*/recoveryPoints\\?")) return answer;
        Json body = Json::parse(answer.body, nullptr, false);
        if (!body.is_object()) return answer;
        body["nextLink"] = odd_for(request, middleman->url() + "/subscriptions/next?page=2");
        answer.body = body.dump();
        return answer;
      },
      vms(odd_addresses.size(), protected_vm));
  stage->daemon.start();
  for (std::size_t i = 0; i < odd_addresses.size(); ++i) stage->drop(disks_job(vm_number(i), vm_number(i)));
  auto states = states_at_rest(*stage, odd_addresses.size());
  const std::set<std::string> own_codes = {"ForeignUrl", "UnusableUrl"};
  for (std::size_t i = 0; i < odd_addresses.size(); ++i) {
    EXPECT_EQ(states[vm_number(i)], "failed") << odd_addresses[i];
    const Json problem = stage->show(vm_number(i)).at("error");
    EXPECT_TRUE(own_codes.contains(problem.at("code"))) << odd_addresses[i] << ": " << problem;
  }
  EXPECT_EQ(stage->sim.restore_posts(), 0);
  EXPECT_EQ(thief.connections(), 0) << "the thief was called";
  EXPECT_EQ(stage->daemon.log().find(access_token), std::string::npos);
}

/// The simulator's own next links, but not encoded: the job finds its VM on a later page.
TEST_F(ForeignAddresses, AreDistinguishedFromAddressesThatOnlyHaveToBeEncoded) {
  std::atomic<bool> is_encoded = false;
  talk_through(
      [&](const std::string& request, const std::function<Answer()>& azure) {
        if (is(request, "note=a%20blank,%20%22quotes%22%20and%20%C3%BC&page=2 HTTP")) is_encoded = true;
        Answer answer = azure();
        if (!is(request, "^GET .*/backupProtectedItems\\?") || is(request, "page=2")) return answer;
        Json body = Json::parse(answer.body, nullptr, false);
        if (!body.is_object()) return answer;
        const std::string path = request.substr(4, request.find(' ', 4) - 4);
        body["value"] = Json::array();
        body["nextLink"] = middleman->url() + path + "&note=a blank, \"quotes\" and \xC3\xBC&page=2";
        answer.body = body.dump();
        return answer;
      },
      vms(1, protected_vm));
  stage->daemon.start();
  stage->drop(disks_job("drill", vm_number(0)));
  EXPECT_EQ(stage->wait_for_end("drill").at("state"), "succeeded");
  EXPECT_TRUE(is_encoded) << "the link was not followed, or its bytes are not as expected";
}

/// Correct addresses are accepted in any letter case: otherwise the tests above would prove nothing.
TEST_F(ForeignAddresses, AreDistinguishedFromOursInAnyLetterCase) {
  talk_through(
      [this](const std::string& request, const std::function<Answer()>& azure) {
        Answer answer = azure();
        // The vault's list also reports the operation and may come before its poll.
        if (is(request, "^GET .*/backupJobs\\?") && !stage->daemon.logged("drill", "operation-succeeded"))
          answer.body = R"({"value": []})";
        if (is(request, "^POST .*/restore\\?")) {
          std::string url = answer.header("Azure-AsyncOperation");
          answer.set("Azure-AsyncOperation", "HTTPS://LOCALHOST" + url.substr(url.find(':', 8)));
        }
        return answer;
      },
      vms(1, protected_vm));
  stage->daemon.start();
  stage->drop(disks_job("drill", vm_number(0)));
  EXPECT_EQ(stage->wait_for_end("drill").at("state"), "succeeded");
  EXPECT_FALSE(stage->daemon.logged("drill", "operation-gone"));
  EXPECT_TRUE(stage->daemon.logged("drill", "operation-succeeded"));
}

}  // namespace
}  // namespace azrestored::test
