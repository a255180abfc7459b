// One authenticated exchange with the service, and lists page by page. Adds the headers that every call needs (API.md
// 10), sends the token to trusted hosts only, and renews it once when the service refuses it. Repeats nothing else.
#pragma once

#include <string>

#include "core/codec.hpp"
#include "core/ports.hpp"

namespace azrestored {

/// There is no answer to read: no token, no connection, or the connection broke.
struct NoAnswer {
  Problem problem;
  bool request_may_have_arrived = false;
};

/// A whole list.
template <class Row>
struct Listed {
  std::vector<Row> rows;
  std::optional<Instant> served_at;  // the service's clock at the first page, when it said so
};

class ArmSession {
 public:
  ArmSession(ArmTarget target, Transport& transport, TokenSource& tokens, IdSource& ids)
      : target_(std::move(target)), transport_(transport), tokens_(tokens), ids_(ids) {}

  [[nodiscard]] const ArmTarget& target() const { return target_; }

  /// Sends the request. `request_id` becomes x-ms-client-request-id; "" lets the session choose one.
  asio::awaitable<std::variant<HttpResponse, NoAnswer>> call(HttpRequest request, std::string request_id = "");

  /// A token of this session's, to be sent along with another session's request (x-ms-authorization-auxiliary).
  asio::awaitable<Result<std::string>> token() { return tokens_.token(); }

  /// Reads a list to its last page; further pages are asked for as the first was. The list, or the event that tells
  /// why there is none (ReadFailed, ReadRefused).
  template <class Row>
  asio::awaitable<std::variant<Listed<Row>, Event>> read_all(HttpRequest first,
                                                             Result<Page<Row>> (*read)(const HttpResponse&),
                                                             Instant now);

 private:
  asio::awaitable<std::variant<HttpResponse, NoAnswer>> call_with_token(HttpRequest request, std::string token);

  const ArmTarget target_;
  Transport& transport_;
  TokenSource& tokens_;
  IdSource& ids_;
};

/// ReadFailed for a read that got no answer.
Event read_failed(const NoAnswer& none);

}  // namespace azrestored
