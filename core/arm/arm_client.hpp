// One authenticated call to Azure, and lists page by page. Acquires quota (core/budget/rate_limiter.hpp), adds the
// headers that every call needs (azure-backup-api.md 10), sends the token to trusted hosts only, and renews it once
// after 401. Repeats nothing else. One thread. The references must outlive the object.
#pragma once

#include <functional>
#include <string>

#include "core/arm/token_source.hpp"
#include "core/azure/problem.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/wire/lists.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

/// There is no response: no token, no connection, a broken connection, an address that cannot be used, or the response
/// of a web filter or proxy in place of Azure's (core/wire/stranger.hpp). Or the request was withdrawn while it waited for quota (RateLimiter::cancel_wait), which is not an error.
struct NoResponse {
  Problem problem;
  bool request_may_have_arrived = false;
  bool withdrawn = false;
  bool address_is_unusable = false;  // Azure named an address that cannot be used: nothing was sent, a retry is useless
  std::optional<Millis> retry_after{};  // the wait that a web filter or proxy asks for in place of Azure
};

/// A paged list, read to the end or until the stop condition holds.
template <class Row>
struct PagedList {
  std::vector<Row> rows;
  int pages = 0;
  bool whole = false;
  std::optional<Instant> azure_time;  // Azure's clock at the first page, if the response has a Date
};

class ArmClient {
 public:
  /// `profile` selects the quotas, because Azure counts requests by identity.
  ArmClient(ArmTarget target, Transport& transport, TokenSource& tokens, IdSource& ids, RateLimiter& budgets,
            std::string profile)
      : target_(std::move(target)),
        transport_(transport),
        tokens_(tokens),
        ids_(ids),
        budgets_(budgets),
        profile_(std::move(profile)) {}

  [[nodiscard]] const ArmTarget& target() const { return target_; }
  [[nodiscard]] const std::string& profile() const { return profile_; }

  /// Acquires quota and sends the request. `request_id` becomes x-ms-client-request-id; "" means a random one.
  asio::awaitable<std::variant<HttpResponse, NoResponse>> send(HttpRequest request, RequestPriority priority,
                                                               std::string request_id = "");

  /// Acquires quota for a request that send() sends later with RequestPriority::charged. Returns false if the request
  /// was withdrawn.
  asio::awaitable<bool> acquire_quota(HttpRequest request, RequestPriority priority);
  /// True if the quota allows an optional request now, or if a refusal ends within `patience`.
  [[nodiscard]] bool has_headroom(const HttpRequest& request, Millis patience = Millis(0)) const;

  /// A token of this profile, for a request of another profile (x-ms-authorization-auxiliary).
  asio::awaitable<Result<std::string>> token() { return tokens_.token(); }

  /// The stop condition: true if the part of a list that was read so far is enough.
  template <class Row>
  using StopCondition = std::function<bool(const PagedList<Row>&)>;

  /// Reads a list to its last page or until `enough` returns true. The requests for further pages are like the first
  /// one. Returns the list, or the event with the reason for none (ReadFailed, ReadRefused).
  template <class Row>
  asio::awaitable<std::variant<PagedList<Row>, Event>> list_all(HttpRequest first,
                                                                Result<Page<Row>> (*read)(const HttpResponse&),
                                                                Instant now, RequestPriority priority,
                                                                StopCondition<Row> enough = nullptr);

 private:
  asio::awaitable<std::variant<HttpResponse, NoResponse>> call_in_turn(HttpRequest request, std::string request_id);
  [[nodiscard]] NoResponse response_of_stranger(std::string sentence, const HttpResponse& response) const;
  asio::awaitable<std::variant<HttpResponse, NoResponse>> call_with_token(HttpRequest request, std::string token);

  const ArmTarget target_;
  Transport& transport_;
  TokenSource& tokens_;
  IdSource& ids_;
  RateLimiter& budgets_;
  const std::string profile_;
};

/// ReadFailed for a read without a response, ReadRefused if its address cannot be used, RequestWithdrawn for a withdrawn
/// one.
Event read_failed(const NoResponse& none);

}  // namespace azrestored
