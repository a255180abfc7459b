// Addresses that Azure names are made usable and followed, or end the job with a code of their own: they are never
// retried like a network failure (azure-backup-api.md 4.3).
#include "core/arm/arm_client.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/support/free_quota.hpp"
#include "tests/support/one_token.hpp"
#include "tests/support/token_fakes.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string arm_host = "https://management.azure.com";

class ArmClientTest : public testing::Test {
 protected:
  using List = std::variant<PagedList<ItemRow>, Event>;

  void will_answer_page(const json& next) {
    transport_.will_answer(200, json({{"value", json::array()}, {"nextLink", next}}).dump());
  }

  List list() {
    asio::io_context loop;
    HttpRequest first;
    first.url = arm_host + "/subscriptions/s/list";
    return run(loop, arm_.list_all(std::move(first), &read_items, clock_.now(), RequestPriority::urgent()));
  }

  std::variant<HttpResponse, NoResponse> send(const std::string& method = "GET") {
    asio::io_context loop;
    HttpRequest request;
    request.method = method;
    request.url = arm_host + "/subscriptions/s/x";
    return run(loop, arm_.send(std::move(request), RequestPriority::urgent()));
  }

  /// The address that the second request goes to if the first page links to `next`.
  std::string followed(const std::string& next) {
    will_answer_page(next);
    will_answer_page(nullptr);
    transport_.requests.clear();
    const List all = list();
    EXPECT_TRUE(std::holds_alternative<PagedList<ItemRow>>(all)) << next;
    return transport_.requests.size() == 2 ? transport_.requests[1].url : "";
  }

  Problem refusal_for(const std::string& next) {
    will_answer_page(next);
    transport_.requests.clear();
    const List all = list();
    EXPECT_EQ(transport_.requests.size(), 1U) << next;
    const auto* event = std::get_if<Event>(&all);
    const auto* refused = event == nullptr ? nullptr : std::get_if<ReadRefused>(&event->what);
    EXPECT_NE(refused, nullptr) << next;
    return refused == nullptr ? Problem{} : refused->problem;
  }

  FakeTransport transport_;
  ManualClock clock_;
  FixedIds ids_;
  OneToken token_;
  FreeQuota budgets_;
  ArmClient arm_{ArmTarget{arm_host, "2025-02-01", "2021-11-15"}, transport_, token_, ids_, budgets_, ""};
};

TEST_F(ArmClientTest, ALinkWithCharactersThatMustBeEncodedIsEncodedAndFollowed) {
  EXPECT_EQ(followed(arm_host + "/s?$filter=a eq 'b' and c eq 'd'&$skipToken=2"),
            arm_host + "/s?$filter=a%20eq%20'b'%20and%20c%20eq%20'd'&$skipToken=2");
  EXPECT_EQ(followed(arm_host + "/g/\xE7\x94\x9F/x?t={\"a\":1}|100%&s=%2F"),
            arm_host + "/g/%E7%94%9F/x?t=%7B%22a%22:1%7D%7C100%25&s=%2F");
  EXPECT_EQ(followed(" " + arm_host + "/s?page=2\r\n"), arm_host + "/s?page=2");
}

TEST_F(ArmClientTest, ALinkWithoutAHostIsOneOfTheEndpoint) {
  EXPECT_EQ(followed("/subscriptions/s/list?$skipToken=a b"), arm_host + "/subscriptions/s/list?$skipToken=a%20b");
}

TEST_F(ArmClientTest, ALinkThatCannotBeUsedIsRefusedWithItsOwnCode) {
  for (const char* next : {"next page", "https://", "//management.azure.com/x", "https:/management.azure.com/x",
                           "https://management.azure.com:0/x", "https://management.azure.com/x\nX-Evil: 1"}) {
    const Problem problem = refusal_for(next);
    EXPECT_EQ(problem.code, "UnusableUrl") << next;
    EXPECT_THAT(problem.message, HasSubstr("expected an http or https URL")) << next;
  }
  EXPECT_EQ(refusal_for("https://evil.com/x").code, "ForeignUrl");
}

TEST_F(ArmClientTest, AListThatLinksToItselfInAnotherSpellingEnds) {
  will_answer_page(arm_host + "/s?a b");
  will_answer_page(arm_host + "/s?a b");
  const List all = list();
  ASSERT_TRUE(std::holds_alternative<Event>(all));
  EXPECT_EQ(transport_.requests.size(), 2U);
}

// A stranger's response is no response of Azure's (core/wire/stranger.hpp).

const std::string blocked = "<html><title>Access denied</title></html>";

TEST_F(ArmClientTest, AReadThatAWebFilterAnswersIsRetriedAfterTheFiltersWait) {
  for (const int status : {200, 401, 403, 404, 407, 503}) {
    transport_.will_answer(status, blocked, {{"Retry-After", "17"}});
    const List none = list();
    ASSERT_TRUE(std::holds_alternative<Event>(none)) << status;
    const auto* failed = std::get_if<ReadFailed>(&std::get<Event>(none).what);
    ASSERT_NE(failed, nullptr) << status;
    EXPECT_EQ(failed->problem.code, "NotAzure");
    EXPECT_EQ(failed->problem.http_status, 0) << "the status is not Azure's";
    EXPECT_EQ(failed->retry_after, Millis(std::chrono::seconds(17)));
  }
  EXPECT_EQ(transport_.requests.size(), 6U) << "a 401 that is not Azure's must not cost a token";
}

TEST_F(ArmClientTest, ARequestThatAWebFilterAnswersMayHaveArrived) {
  transport_.will_answer(403, "");
  const auto answer = send("POST");
  const auto* none = std::get_if<NoResponse>(&answer);
  ASSERT_NE(none, nullptr);
  EXPECT_TRUE(none->request_may_have_arrived);
  EXPECT_FALSE(none->address_is_unusable);
}

}  // namespace
}  // namespace azrestored::test
