// One authenticated exchange with the service, and lists page by page. Waits for the call's share of what Azure allows
// (core/budget/rate_limiter.hpp), adds the headers that every call needs (API.md 10), sends the token to trusted hosts only,
// and renews it once when the service refuses it. Repeats nothing else.
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

/// There is no answer to read: no token, no connection, or the connection broke; or the request was called off while it
/// waited for its turn (RateBudgets::let_go), which is nobody's problem.
struct NoAnswer {
  Problem problem;
  bool request_may_have_arrived = false;
  bool called_off = false;
};

/// A list, to its last page or to where its reader had enough.
template <class Row>
struct Listed {
  std::vector<Row> rows;
  int pages = 0;
  bool whole = false;
  std::optional<Instant> served_at;  // the service's clock at the first page, when it said so
};

class ArmSession {
 public:
  /// `profile` is whose budgets are spent: Azure counts by who signs in.
  ArmSession(ArmTarget target, Transport& transport, TokenSource& tokens, IdSource& ids, RateBudgets& budgets,
             std::string profile)
      : target_(std::move(target)),
        transport_(transport),
        tokens_(tokens),
        ids_(ids),
        budgets_(budgets),
        profile_(std::move(profile)) {}

  [[nodiscard]] const ArmTarget& target() const { return target_; }
  [[nodiscard]] const std::string& profile() const { return profile_; }

  /// Sends the request when its turn has come. `request_id` becomes x-ms-client-request-id; "" lets the session choose
  /// one.
  asio::awaitable<std::variant<HttpResponse, NoAnswer>> call(HttpRequest request, Share share,
                                                             std::string request_id = "");

  /// Waits for the turn of a request that is sent later, with a share that is paid. False: it was called off.
  asio::awaitable<bool> turn(HttpRequest request, Share share);
  /// There is plenty of what the request needs: it would go out at once, or when a refusal is over within `patience`,
  /// and be missed by nobody.
  [[nodiscard]] bool has_spare(const HttpRequest& request, Millis patience = Millis(0)) const;

  /// A token of this session's, to be sent along with another session's request (x-ms-authorization-auxiliary).
  asio::awaitable<Result<std::string>> token() { return tokens_.token(); }

  /// Says of a list that has been read so far whether that will do.
  template <class Row>
  using Enough = std::function<bool(const Listed<Row>&)>;

  /// Reads a list to its last page, or to where `enough` says so; further pages are asked for as the first was. The
  /// list, or the event that tells why there is none (ReadFailed, ReadRefused).
  template <class Row>
  asio::awaitable<std::variant<Listed<Row>, Event>> read_all(HttpRequest first,
                                                             Result<Page<Row>> (*read)(const HttpResponse&),
                                                             Instant now, Share share, Enough<Row> enough = nullptr);

 private:
  asio::awaitable<std::variant<HttpResponse, NoAnswer>> call_in_turn(HttpRequest request, std::string request_id);
  asio::awaitable<std::variant<HttpResponse, NoAnswer>> call_with_token(HttpRequest request, std::string token);

  const ArmTarget target_;
  Transport& transport_;
  TokenSource& tokens_;
  IdSource& ids_;
  RateBudgets& budgets_;
  const std::string profile_;
};

/// ReadFailed for a read that got no answer, NotAsked for one that was called off.
Event read_failed(const NoAnswer& none);

}  // namespace azrestored
