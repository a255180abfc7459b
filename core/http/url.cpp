#include "core/http/url.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_host(std::string_view text) {
  return !text.empty() && text.find_first_of("@\\[]:<>\"%") == std::string_view::npos;
}

/// Sets host and port from "host", "host:port", "[v6]" or "[v6]:port"; false if the text is none of these.
bool split_authority(std::string_view authority, Url& url) {
  std::string_view port;
  std::string_view host = authority;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return false;
    host = authority.substr(1, close - 1);
    if (host.empty() || host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return false;
    port = authority.substr(close + 1);
  } else {
    host = authority.substr(0, authority.find(':'));
    port = authority.substr(host.size());
    if (!is_host(host)) return false;
  }
  if (!port.empty() && (port.front() != ':' || !is_port(port.substr(1)))) return false;
  url.host = to_lower(host);
  url.port = port.empty() ? (url.tls ? "443" : "80") : std::string(port.substr(1));
  url.authority = authority;
  return true;
}

}  // namespace

bool is_port(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() && end == text.data() + text.size() && value >= 1 && value <= 65535;
}

std::string Url::place() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + port;
}

std::string Url::origin() const {
  return (tls ? "https://" : "http://") + place();
}

std::optional<Url> split_url(std::string_view text) {
  if (!is_visible_ascii(text)) return std::nullopt;
  Url url;
  if (istarts_with(text, "https://")) {
    text.remove_prefix(8);
  } else if (istarts_with(text, "http://")) {
    url.tls = false;
    text.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  text = text.substr(0, text.find('#'));  // a fragment is never sent
  const auto authority = text.substr(0, text.find_first_of("/?"));
  if (!split_authority(authority, url)) return std::nullopt;
  url.target = text.substr(authority.size());
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  return url;
}

}  // namespace azrestored
