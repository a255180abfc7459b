// Plain HTTP messages: what the codec makes and reads, and what the Transport port carries. No socket, no rule.
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
  bool fresh_connection = false;  // do not risk a kept-alive connection that the peer may just be closing
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;

  /// The first header of that name, letter case apart.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// No (whole) answer came.
struct TransportFailure {
  std::string sentence;                  // what happened, without secrets
  bool request_may_have_arrived = true;  // false only when not one byte of it was handed to the network
};

}  // namespace azrestored
