// Where a server listens, as a setting writes it: "127.0.0.1:9633", "[::1]:9633". Numbers only: what a name would mean
// is known no sooner than it is looked up, and whether it is loopback must be known before. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

struct ListenAddress {
  std::string host;  // an IPv6 address without its brackets
  std::uint16_t port = 0;
  bool is_ipv6 = false;
  bool is_loopback = false;  // nobody but this machine's own programs can connect

  /// nullopt when the text is something else.
  static std::optional<ListenAddress> parse(std::string_view text);
};

}  // namespace azrestored
