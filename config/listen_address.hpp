// The address that a server listens on, as a setting gives it: "127.0.0.1:9633", "[::1]:9633". Only numeric addresses:
// the check for loopback must not depend on a name lookup. Pure.
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
  bool is_loopback = false;  // only programs on this machine can connect

  /// nullopt if the text has another form.
  static std::optional<ListenAddress> parse(std::string_view text);
};

}  // namespace azrestored
