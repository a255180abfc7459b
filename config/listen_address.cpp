#include "config/listen_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>

namespace azrestored {
namespace {

/// The number in "9633"; nullopt for any other text.
std::optional<std::uint16_t> port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

/// The characters that an address may contain. inet_pton() stops at a NUL, so others are refused before it is called.
bool is_of_address(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '.' || c == ':';
}

}  // namespace

std::optional<ListenAddress> ListenAddress::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = port_of(text.substr(colon + 1));
  std::string_view host = text.substr(0, colon);
  ListenAddress address;
  address.is_ipv6 = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (address.is_ipv6) host = host.substr(1, host.size() - 2);
  if (!port || !std::ranges::all_of(host, is_of_address)) return std::nullopt;
  address.host = host;
  address.port = *port;
  if (address.is_ipv6) {
    in6_addr bytes{};
    if (::inet_pton(AF_INET6, address.host.c_str(), &bytes) != 1) return std::nullopt;
    address.is_loopback = IN6_IS_ADDR_LOOPBACK(&bytes);
  } else {
    in_addr bytes{};
    if (::inet_pton(AF_INET, address.host.c_str(), &bytes) != 1) return std::nullopt;
    constexpr std::uint32_t loopback_network = 127;
    address.is_loopback = ntohl(bytes.s_addr) >> 24U == loopback_network;
  }
  return address;
}

}  // namespace azrestored
