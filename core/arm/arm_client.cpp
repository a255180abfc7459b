#include "core/arm/arm_client.hpp"

#include "core/arm/rate_limit_headers.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/utf8.hpp"
#include "core/http/http_date.hpp"
#include "core/http/redact.hpp"
#include "core/http/retry_after.hpp"
#include "core/http/trusted_url.hpp"
#include "core/http/url.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/permissions.hpp"
#include "core/wire/stranger.hpp"

namespace azrestored {
namespace {

/// Maximum number of pages of a list. A page has 200 rows and a vault up to 2,000 items (azure-backup-api.md 1.4, 9.4),
/// but many more jobs.
constexpr int max_pages = 1000;

NoResponse never_sent(std::string code, std::string sentence) {
  return {Problem{std::move(code), std::move(sentence), 0, "", "", {}}, false};
}

/// Maximum length of an address in a message.
constexpr std::size_t longest_shown_address = 200;

NoResponse unusable(std::string code, std::string sentence) {
  NoResponse none = never_sent(std::move(code), std::move(sentence));
  none.address_is_unusable = true;
  return none;
}

/// Why the token is not sent to the address; nullopt for a good one.
std::optional<NoResponse> fault_of_address(const std::string& endpoint, const std::string& url) {
  if (!split_url(url)) {
    const std::string shown = printable(redact_url(url).substr(0, longest_shown_address));
    return unusable("UnusableUrl", "Azure named an address that cannot be used: found \"" + shown +
                                       "\", expected an http or https URL");
  }
  if (is_trusted_url(endpoint, url)) return std::nullopt;
  return unusable("ForeignUrl", "Azure named a URL outside of " + endpoint + "; azrestored does not follow it");
}

}  // namespace

Event read_failed(const NoResponse& none) {
  if (none.withdrawn) return Event(RequestWithdrawn{});
  if (none.address_is_unusable) return Event(ReadRefused{none.problem});
  return Event(ReadFailed{none.problem, none.retry_after});
}

/// Something on the way answered. It may have forwarded the request before, so a POST is in doubt. The problem has no
/// HTTP status: Azure has not responded, and the status is not Azure's.
NoResponse ArmClient::response_of_stranger(std::string sentence, const HttpResponse& response) const {
  NoResponse none;
  none.problem = internal_problem("NotAzure", std::move(sentence));
  none.request_may_have_arrived = true;
  none.retry_after = server_hint(response, budgets_.now());
  return none;
}

asio::awaitable<std::variant<HttpResponse, NoResponse>> ArmClient::call_with_token(HttpRequest request,
                                                                                   std::string token) {
  request.headers.emplace_back("Authorization", "Bearer " + token);
  auto answer = co_await transport_.exchange(std::move(request));
  if (const auto* failure = std::get_if<TransportFailure>(&answer)) {
    co_return NoResponse{Problem{"NoAnswer", failure->sentence, 0, "", "", {}}, failure->request_may_have_arrived};
  }
  auto& response = std::get<HttpResponse>(answer);
  if (auto stranger = stranger_in(response)) co_return response_of_stranger(std::move(*stranger), response);
  co_return std::move(response);
}

asio::awaitable<bool> ArmClient::acquire_quota(HttpRequest request, RequestPriority priority) {
  auto key = quota_key_of(request);
  if (!key) co_return true;
  co_return co_await budgets_.acquire(profile_, std::move(*key), std::move(priority));
}

bool ArmClient::has_headroom(const HttpRequest& request, Millis patience) const {
  const auto key = quota_key_of(request);
  return !key || budgets_.has_headroom(profile_, *key, patience);
}

asio::awaitable<std::variant<HttpResponse, NoResponse>> ArmClient::send(HttpRequest request, RequestPriority priority,
                                                                        std::string request_id) {
  if (auto fault = fault_of_address(target_.endpoint, request.url)) co_return std::move(*fault);
  const auto key = quota_key_of(request);
  if (!priority.charged) {
    const bool is_due = co_await acquire_quota(request, std::move(priority));
    if (!is_due) {
      NoResponse withdrawn;
      withdrawn.withdrawn = true;
      co_return withdrawn;
    }
  }
  auto answer = co_await call_in_turn(std::move(request), std::move(request_id));
  if (key) {
    const auto* response = std::get_if<HttpResponse>(&answer);
    const RateLimitReport report = response == nullptr ? RateLimitReport{} : read_rate_limit(*response, budgets_.now());
    budgets_.report(profile_, *key, response == nullptr ? nullptr : &report);
  }
  co_return answer;
}

asio::awaitable<std::variant<HttpResponse, NoResponse>> ArmClient::call_in_turn(HttpRequest request,
                                                                                std::string request_id) {
  if (request_id.empty()) request_id = ids_.uuid();
  request.headers.emplace_back("Accept", "application/json");
  request.headers.emplace_back("Accept-Language", "en-US");
  request.headers.emplace_back("User-Agent", "azrestored/" AZRESTORED_VERSION);
  request.headers.emplace_back("x-ms-client-request-id", request_id);

  std::optional<HttpResponse> refused;
  for (int round = 0; round < 2; ++round) {
    auto token = co_await tokens_.token();
    if (!token) {
      if (refused) co_return *refused;  // Azure's error is more useful than the reason for no new token
      co_return never_sent("SignIn", token.error().sentence());
    }
    auto answer = co_await call_with_token(request, *token);
    const auto* response = std::get_if<HttpResponse>(&answer);
    if (response == nullptr || classify_status(response->status) != StatusClass::unauthorized) co_return answer;
    // ARM checks the token before anything else, so after 401 the same request may go out again with a new token.
    tokens_.refused(*token);
    refused = *response;
  }
  co_return *refused;
}

template <class Row>
asio::awaitable<std::variant<PagedList<Row>, Event>> ArmClient::list_all(HttpRequest first,
                                                                         Result<Page<Row>> (*read)(const HttpResponse&),
                                                                         Instant now, RequestPriority priority,
                                                                         StopCondition<Row> enough) {
  PagedList<Row> list;
  HttpRequest request = std::move(first);
  while (list.pages < max_pages) {
    auto answer = co_await send(request, priority);
    if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
    const auto& response = std::get<HttpResponse>(answer);
    if (classify_status(response.status) != StatusClass::ok) co_return read_failure(response, now);
    auto page = read(response);
    if (!page) {
      const Problem problem{"UnreadableAnswer", page.error().sentence(), response.status, "", "", {}};
      co_return Event(ReadFailed{problem, std::nullopt}, trace_of(response));
    }
    const auto date = list.pages == 0 ? response.header("Date") : std::nullopt;
    if (date) list.azure_time = parse_http_date(*date);
    for (Row& row : page->rows) list.rows.push_back(std::move(row));
    ++list.pages;
    list.whole = page->next.empty();
    if (list.whole || (enough && enough(list))) co_return list;
    std::string next = absolute_url(target_.endpoint, page->next);
    if (next == request.url) break;
    request.url = std::move(next);
  }
  const Problem problem{"EndlessList",
                        "a list from Azure links to itself or has more than " + std::to_string(max_pages) + " pages",
                        0,
                        "",
                        "",
                        {}};
  co_return Event(ReadFailed{problem, std::nullopt});
}

template asio::awaitable<std::variant<PagedList<ItemRow>, Event>> ArmClient::list_all(
    HttpRequest, Result<Page<ItemRow>> (*)(const HttpResponse&), Instant, RequestPriority, StopCondition<ItemRow>);
template asio::awaitable<std::variant<PagedList<RecoveryPoint>, Event>> ArmClient::list_all(
    HttpRequest, Result<Page<RecoveryPoint>> (*)(const HttpResponse&), Instant, RequestPriority,
    StopCondition<RecoveryPoint>);
template asio::awaitable<std::variant<PagedList<JobRow>, Event>> ArmClient::list_all(
    HttpRequest, Result<Page<JobRow>> (*)(const HttpResponse&), Instant, RequestPriority, StopCondition<JobRow>);
template asio::awaitable<std::variant<PagedList<std::string>, Event>> ArmClient::list_all(
    HttpRequest, Result<Page<std::string>> (*)(const HttpResponse&), Instant, RequestPriority,
    StopCondition<std::string>);
template asio::awaitable<std::variant<PagedList<Permission>, Event>> ArmClient::list_all(
    HttpRequest, Result<Page<Permission>> (*)(const HttpResponse&), Instant, RequestPriority,
    StopCondition<Permission>);

}  // namespace azrestored
