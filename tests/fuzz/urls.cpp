// Absolute URLs: a split URL has a host and a port, and no part that would end a request line or name a user; its parts
// give the same URL again.
#include "core/http/url.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {

void urls(std::string_view input) {
  const auto url = split_url(input);
  if (!url) return;
  require(!url->host.empty() && url->host == to_lower(url->host), "a URL has a host, in lower case");
  require(url->host.find_first_of("@/\\ ") == std::string::npos, "a host has no user and no path");
  int port = 0;
  std::from_chars(url->port.data(), url->port.data() + url->port.size(), port);
  require(port >= 1 && port <= 65535, "a port is in its range");
  require(url->target.starts_with('/') && url->target.find('#') == std::string::npos, "a target starts with a slash");
  const auto is_visible = [](char c) { return c > 0x20 && c < 0x7F; };
  require(std::ranges::all_of(url->target, is_visible) && std::ranges::all_of(url->authority, is_visible),
          "no character ends a request line early");
  const auto again = split_url(url->origin() + url->target);
  require(again && again->tls == url->tls && again->host == url->host && again->port == url->port &&
              again->target == url->target,
          "the parts of a split URL give the same URL");
}

}  // namespace azrestored::fuzz
