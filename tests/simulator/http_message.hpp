// A request and a response as plain values, without sockets. `server` reads and sends them; `front` makes the
// responses.
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
  std::string base_url;  // "https://127.0.0.1:8443", from the Host header: the start of returned addresses
  std::uint64_t connection = 0;
};

struct Response {
  unsigned status = 200;
  Pairs headers;
  std::string body;
  bool chunked = false;  // most polled responses of the service are (azure-backup-api.md 12.1)
  bool close = false;
};

}  // namespace azsim
