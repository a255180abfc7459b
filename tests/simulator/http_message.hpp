// A request and a response as plain values; nothing here knows sockets. `server` makes and sends them, `service`
// answers.
#pragma once

#include <cstdint>
#include <string>

#include "text.hpp"

namespace azsim {

struct Request {
  std::string method;
  std::string target;  // as on the wire: path and query, still percent-encoded
  Pairs headers;
  std::string body;
  std::string base_url;  // "https://127.0.0.1:8443", from the Host header: what handed-out addresses begin with
  std::uint64_t connection = 0;
};

struct Response {
  unsigned status = 200;
  Pairs headers;
  std::string body;
  bool chunked = false;  // most polled answers of the service are (API.md 12.1)
  bool close = false;
};

}  // namespace azsim
