// The jobs of a vault share its reads, and no job ends because of a read that is older than its question. The real
// VaultCache over virtual time; the vault takes a second for each response.
#include "core/engine/vault_cache.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/chance.hpp"
#include "tests/support/free_quota.hpp"
#include "tests/support/one_token.hpp"
#include "tests/support/virtual_time.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr Instant birth = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
constexpr std::size_t page_size = 200;
const VaultId vault{"sub", "vault-rg", "contoso-safe"};

std::string vm_id(const std::string& group, const std::string& name) {
  return "/subscriptions/sub/resourceGroups/" + group + "/providers/Microsoft.Compute/virtualMachines/" + name;
}

/// A vault's items, settings and guards, as they are when a request arrives.
class OneVault final : public Transport {
 public:
  explicit OneVault(VirtualTime& time) : time_(time) {}

  void protect(const std::string& group, const std::string& name) { vms_.emplace_back(group, name); }
  void soft_delete(const std::string& name) { deleted_.insert(name); }
  void undelete(const std::string& name) { deleted_.erase(name); }

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    ++requests;
    if (throws) {
      throws = false;
      throw std::runtime_error("no memory");
    }
    HttpResponse answer = refuses_with == 0 ? served(request.url) : HttpResponse{refuses_with, {}, ""};
    co_await time_.pass(1s);
    co_return answer;
  }

  int requests = 0;
  int refuses_with = 0;  // a status
  bool throws = false;   // once
  bool cross_region = false;

 private:
  HttpResponse served(const std::string& url) const {
    if (url.find("/backupProtectedItems") != std::string::npos) return page(url);
    if (url.find("/backupResourceGuardProxies") != std::string::npos) return {200, {}, R"({"value":[]})"};
    json redundancy = {{"crossRegionRestore", cross_region ? "Enabled" : "Disabled"}};
    json body = {{"location", "westus"}, {"properties", {{"redundancySettings", std::move(redundancy)}}}};
    return {200, {}, body.dump()};
  }

  HttpResponse page(const std::string& url) const {
    const auto at = url.find("&skip=");
    const std::size_t from = at == std::string::npos ? 0 : std::stoul(url.substr(at + 6));
    json rows = json::array();
    for (std::size_t i = from; i < std::min(vms_.size(), from + page_size); ++i) {
      const auto& [group, name] = vms_[i];
      const std::string item = "iaasvmcontainerv2;" + group + ";" + name;
      const std::string id = "/x/protectionContainers/IaasVMContainer;" + item + "/protectedItems/VM;" + item;
      rows.push_back({{"id", id}, {"properties", {{"friendlyName", name}, {"sourceResourceId", vm_id(group, name)}}}});
      rows.back()["properties"]["isScheduledForDeferredDelete"] = deleted_.contains(name);
    }
    json body = {{"value", std::move(rows)}};
    const bool more = from + page_size < vms_.size();
    if (more) body["nextLink"] = url.substr(0, at) + "&skip=" + std::to_string(from + page_size);
    return {200, {}, body.dump()};
  }

  VirtualTime& time_;
  std::vector<std::pair<std::string, std::string>> vms_;
  std::set<std::string> deleted_;
};

class VaultCacheTest : public ::testing::Test {
 protected:
  using Answer = std::variant<std::monostate, KnownItem, Event, std::exception_ptr>;

  ~VaultCacheTest() override { time_.abandon(); }

  /// Starts a read of the item; the result is there after settle().
  std::shared_ptr<Answer> ask(VaultCache& cache, VmSelector vm, Instant accepted_at, const JobId& job = "job") {
    auto answer = std::make_shared<Answer>();
    const RestoreScope place{vault, ""};
    asio::co_spawn(time_.executor(), cache.item(arm_, place, std::move(vm), asker(job, accepted_at)),
                   [answer](std::exception_ptr error, std::variant<KnownItem, Event> found) {
                     if (error) {
                       *answer = error;
                     } else {
                       std::visit([&](auto& one) { *answer = std::move(one); }, found);
                     }
                   });
    return answer;
  }
  static VaultCache::ReadContext asker(const JobId& job, Instant accepted_at) {
    return {{Urgency::background, 0, job, false}, accepted_at};
  }
  std::shared_ptr<Answer> ask(VmSelector vm) { return ask(cache_, std::move(vm), time_.now()); }
  static VmSelector by_id(const std::string& name) { return VmById{*ArmId::parse(vm_id("rg", name))}; }

  void pass(Millis span) {
    const Instant until = time_.true_now() + span;
    do time_.settle();
    while (time_.jump(until));
    time_.settle();
  }

  void protect_a_thousand() {
    for (int i = 0; i < 1000; ++i) azure_.protect("rg", "web" + std::to_string(i));
  }

  static std::string item_of(const std::shared_ptr<Answer>& answer) {
    const auto* item = std::get_if<KnownItem>(answer.get());
    return item != nullptr ? item->item.item : "";
  }
  static std::string event_of(const std::shared_ptr<Answer>& answer) {
    const auto* event = std::get_if<Event>(answer.get());
    return event != nullptr ? std::string(event_name(event->what)) : "";
  }

  VirtualTime time_{birth, Millis(0)};
  Chance chance_{1};
  test::OneToken tokens_;
  OneVault azure_{time_};
  test::FreeQuota budgets_;
  ArmClient arm_{ArmTarget{"https://management.example", "2025-02-01"}, azure_, tokens_, chance_, budgets_, ""};
  VaultCache cache_{time_, VaultCache::default_ttl};
};

TEST_F(VaultCacheTest, AThousandJobsOfOneVaultCostItsFivePagesOnce) {
  protect_a_thousand();
  std::vector<std::shared_ptr<Answer>> answers;
  for (int i = 0; i < 1000; ++i) answers.push_back(ask(by_id("web" + std::to_string(i))));
  pass(10s);
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(item_of(answers[static_cast<std::size_t>(i)]), "VM;iaasvmcontainerv2;rg;web" + std::to_string(i));
  EXPECT_EQ(azure_.requests, 5);
}

TEST_F(VaultCacheTest, ALaterJobGetsTheKeptResultUntilItExpires) {
  protect_a_thousand();
  ask(by_id("web1"));
  pass(VaultCache::default_ttl - 1min);
  EXPECT_EQ(item_of(ask(by_id("web2"))), "") << "answered without the loop";
  const auto early = ask(by_id("web2"));
  pass(1s);
  EXPECT_EQ(item_of(early), "VM;iaasvmcontainerv2;rg;web2");
  EXPECT_EQ(azure_.requests, 5);
  pass(1min);
  const auto late = ask(by_id("web2"));
  pass(10s);
  EXPECT_EQ(item_of(late), "VM;iaasvmcontainerv2;rg;web2");
  EXPECT_EQ(azure_.requests, 10);
}

TEST_F(VaultCacheTest, ExpiredResultsAreRemovedFromMemory) {
  azure_.protect("rg", "web1");
  ask(by_id("web1"));
  pass(VaultCache::default_ttl - 1min);
  cache_.evict_expired();
  EXPECT_EQ(cache_.kept(), 1U);
  pass(1min);
  cache_.evict_expired();
  EXPECT_EQ(cache_.kept(), 0U);
}

TEST_F(VaultCacheTest, AFailedListFailsAllJobsThatWaitedForItAndIsReadAgainForTheNext) {
  azure_.protect("rg", "web1");
  azure_.refuses_with = 503;
  const auto first = ask(by_id("web1"));
  const auto second = ask(by_id("web1"));
  pass(2s);
  EXPECT_EQ(event_of(first), "read-failed");
  EXPECT_EQ(event_of(second), "read-failed");
  EXPECT_EQ(azure_.requests, 1);
  azure_.refuses_with = 0;
  const auto next = ask(by_id("web1"));
  pass(2s);
  EXPECT_EQ(item_of(next), "VM;iaasvmcontainerv2;rg;web1");
}

TEST_F(VaultCacheTest, AVmThatIsProtectedAfterTheListWasReadIsFound) {
  azure_.protect("rg", "web1");
  ask(by_id("web1"));
  pass(1min);
  azure_.protect("rg", "web2");
  const auto found = ask(by_id("web2"));
  pass(2s);
  EXPECT_EQ(item_of(found), "VM;iaasvmcontainerv2;rg;web2");
}

/// Each of many jobs that ask for a missing VM may have asked after the first read started. One more read serves all of
/// them.
TEST_F(VaultCacheTest, NoSuchVmComesOnlyFromAListRequestedAfterTheJobAsked) {
  azure_.protect("rg", "web1");
  std::vector<std::shared_ptr<Answer>> answers;
  for (int i = 0; i < 100; ++i) answers.push_back(ask(by_id("gone")));
  pass(1500ms);
  EXPECT_EQ(event_of(answers.front()), "resolve-failed");
  EXPECT_EQ(event_of(answers.back()), "");
  pass(1s);
  for (const auto& answer : answers) EXPECT_EQ(event_of(answer), "resolve-failed");
  EXPECT_EQ(azure_.requests, 2);
}

TEST_F(VaultCacheTest, AnItemIsSoftDeletedOnlyByAListRequestedAfterTheJobAsked) {
  azure_.protect("rg", "web1");
  azure_.soft_delete("web1");
  const auto first = ask(by_id("web1"));
  pass(10s);
  ASSERT_TRUE(std::holds_alternative<KnownItem>(*first));
  EXPECT_TRUE(std::get<KnownItem>(*first).soft_deleted);
  EXPECT_EQ(azure_.requests, 1);
  azure_.undelete("web1");
  const auto undeleted = ask(by_id("web1"));
  pass(10s);
  EXPECT_FALSE(std::get<KnownItem>(*undeleted).soft_deleted);
  EXPECT_EQ(azure_.requests, 2);
  ask(by_id("web1"));
  pass(10s);
  EXPECT_EQ(azure_.requests, 2) << "a kept list is enough for an item that can be restored";
}

TEST_F(VaultCacheTest, ARefusalDoesNotReachAJobThatAskedAfterTheReadBegan) {
  azure_.protect("rg", "web1");
  azure_.refuses_with = 403;
  const auto first = ask(by_id("web1"));
  pass(500ms);
  azure_.refuses_with = 0;
  const auto second = ask(by_id("web1"));
  pass(3s);
  EXPECT_EQ(event_of(first), "read-refused");
  EXPECT_EQ(item_of(second), "VM;iaasvmcontainerv2;rg;web1");
}

TEST_F(VaultCacheTest, ABareNameIsUniqueOnlyInAListThatIsNewerThanTheJob) {
  azure_.protect("rg", "web1");
  const auto before = ask(VmByName{"web1"});
  pass(1min);
  azure_.protect("rg-b", "web1");
  const auto older_job = ask(cache_, VmByName{"web1"}, birth);
  pass(2s);
  EXPECT_EQ(item_of(older_job), item_of(before));
  const auto newer_job = ask(VmByName{"web1"});
  pass(2s);
  EXPECT_EQ(event_of(newer_job), "resolve-failed");
}

TEST_F(VaultCacheTest, SettingsThatWereReadBeforeAJobWasAcceptedAreReadAgainForIt) {
  std::vector<bool> allowed;
  const auto ask_facts = [&](Instant accepted_at) {
    asio::co_spawn(time_.executor(), cache_.facts(arm_, vault, asker("job", accepted_at)),
                   [&](std::exception_ptr, std::variant<VaultFacts, Event> facts) {
                     allowed.push_back(std::get<VaultFacts>(facts).cross_region_restore.value());
                   });
    pass(1min);
  };
  ask_facts(birth);
  azure_.cross_region = true;
  ask_facts(birth);
  ask_facts(time_.now());
  EXPECT_EQ(allowed, (std::vector<bool>{false, false, true}));
  EXPECT_EQ(azure_.requests, 2);
}

TEST_F(VaultCacheTest, AJobThatWaitedForAReadThatThrewReadsItself) {
  azure_.protect("rg", "web1");
  azure_.throws = true;
  const auto first = ask(by_id("web1"));
  const auto second = ask(by_id("web1"));
  pass(3s);
  EXPECT_TRUE(std::holds_alternative<std::exception_ptr>(*first));
  EXPECT_EQ(item_of(second), "VM;iaasvmcontainerv2;rg;web1");
}

/// A command changes the job. The read for all jobs continues.
TEST_F(VaultCacheTest, AfterCancelWaitAJobNoLongerWaitsForAnotherJobsRead) {
  azure_.protect("rg", "web1");
  const auto reads = ask(cache_, by_id("web1"), birth, "first");
  const auto waits = ask(cache_, by_id("web1"), birth, "second");
  pass(100ms);
  EXPECT_TRUE(cache_.waiting("first"));
  EXPECT_TRUE(cache_.waiting("second"));
  cache_.cancel_wait("first");
  cache_.cancel_wait("second");
  pass(100ms);
  EXPECT_EQ(event_of(reads), "");
  EXPECT_EQ(event_of(waits), "not-asked");
  EXPECT_FALSE(cache_.waiting("second"));
  pass(1s);
  EXPECT_EQ(item_of(reads), "VM;iaasvmcontainerv2;rg;web1");
  EXPECT_FALSE(cache_.waiting("first"));
}

// Each sign-in has its own rights. All ArmClients of one profile share the reads.
TEST_F(VaultCacheTest, JobsOfOneProfileShareAReadAndJobsOfAnotherDoNot) {
  azure_.protect("rg", "web1");
  const ArmTarget target{"https://management.example", "2025-02-01"};
  ArmClient prod(target, azure_, tokens_, chance_, budgets_, "prod");
  ArmClient prod_again(target, azure_, tokens_, chance_, budgets_, "prod");
  ArmClient lab(target, azure_, tokens_, chance_, budgets_, "lab");
  for (ArmClient* arm : {&prod, &prod_again, &lab}) {
    const RestoreScope place{vault, ""};
    asio::co_spawn(time_.executor(), cache_.item(*arm, place, by_id("web1"), asker("job", birth)),
                   [](std::exception_ptr, const std::variant<KnownItem, Event>& found) {
                     EXPECT_TRUE(std::holds_alternative<KnownItem>(found));
                   });
    pass(2s);
  }
  EXPECT_EQ(azure_.requests, 2);
  EXPECT_EQ(cache_.kept(), 2U);
}

TEST_F(VaultCacheTest, ADryRunDoesItsOwnReads) {
  azure_.protect("rg", "web1");
  VaultCache unshared(time_, Millis(0));
  const auto first = ask(unshared, by_id("web1"), birth);
  const auto second = ask(unshared, by_id("web1"), birth);
  pass(2s);
  EXPECT_EQ(item_of(first), item_of(second));
  EXPECT_EQ(azure_.requests, 2);
  EXPECT_EQ(unshared.kept(), 0U);
}

}  // namespace
}  // namespace azrestored::sim
