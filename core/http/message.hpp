// HTTP messages as values: core/wire builds requests and reads responses, the Transport port carries both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azrestored {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // absolute, sent verbatim
  Headers headers;
  std::string body;
  bool fresh_connection = false;  // no kept-alive connection: the peer may be closing it
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;

  /// The value of the first header with that name, without regard to letter case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// There was no response, or an incomplete one.
struct TransportFailure {
  std::string sentence;                  // what happened, without secrets
  bool request_may_have_arrived = true;  // false only if no byte of it was handed to the network
};

}  // namespace azrestored
