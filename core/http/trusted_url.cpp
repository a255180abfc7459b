#include "core/http/trusted_url.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/http/percent_encoding.hpp"

namespace azrestored {
namespace {

struct Origin {
  std::string_view scheme;
  std::string_view host;
  std::string_view port;  // "" for the default port of the scheme
};

/// A line break would end the request line and begin a header. A zero byte would end the host in a C string.
bool has_control_characters(std::string_view url) {
  return std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// The origin of the URL. The host is empty if the URL has any unusual part; such a URL is not followed.
Origin origin_of(std::string_view url) {
  if (has_control_characters(url)) return {};
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  Origin origin{url.substr(0, colon), "", ""};
  std::string_view authority = url.substr(colon + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  static constexpr std::string_view host_and_port =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
  if (authority.find_first_not_of(host_and_port) != std::string_view::npos) return {};
  std::size_t port = authority.rfind(':');
  if (authority.starts_with('[')) {  // an IPv6 address
    const auto end = authority.find(']');
    if (end == std::string_view::npos) return {};
    port = authority.find(':', end);
  }
  origin.host = authority.substr(0, port);
  if (port != std::string_view::npos) origin.port = authority.substr(port + 1);
  if ((iequals(origin.scheme, "https") && origin.port == "443") ||
      (iequals(origin.scheme, "http") && origin.port == "80")) {
    origin.port = "";
  }
  return origin;
}

bool is_same_or_below(std::string_view host, std::string_view domain) {
  if (iequals(host, domain)) return true;
  // An IP address has no sub-domains.
  const bool is_name = domain.find_first_not_of("0123456789.") != std::string_view::npos && !domain.starts_with('[');
  return is_name && host.size() > domain.size() + 1 && host[host.size() - domain.size() - 1] == '.' &&
         iequals(host.substr(host.size() - domain.size()), domain);
}

/// The position after scheme and authority; 0 for a text without a scheme.
std::size_t begin_of_path(std::string_view url) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return 0;
  return std::min(url.find_first_of("/?#", colon + 3), url.size());
}

/// The authority keeps its bytes: it decides who gets the token.
std::string encoded_after_authority(std::string_view url) {
  const std::size_t path = begin_of_path(url);
  return std::string(url.substr(0, path)) + encode_forbidden(url.substr(path));
}

std::string_view without_blanks_around(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

}  // namespace

bool is_trusted_url(std::string_view endpoint, std::string_view url) {
  const Origin ours = origin_of(endpoint);
  const Origin theirs = origin_of(url);
  if (ours.host.empty() || theirs.host.empty()) return false;
  return iequals(ours.scheme, theirs.scheme) && ours.port == theirs.port && is_same_or_below(theirs.host, ours.host);
}

std::string normalize_url(std::string_view url) {
  std::string normalized = encoded_after_authority(without_blanks_around(url));
  for (const std::string_view doubled : {"/subscriptions//subscriptions/", "/subscriptions//"}) {
    for (std::size_t at = 0; at + doubled.size() <= normalized.size(); ++at) {
      if (normalized[at] == '?') break;
      if (iequals(std::string_view(normalized).substr(at, doubled.size()), doubled)) {
        normalized.replace(at, doubled.size(), "/subscriptions/");
        break;
      }
    }
  }
  return normalized;
}

std::string absolute_url(std::string_view endpoint, std::string_view url) {
  std::string normalized = normalize_url(url);
  const bool is_path = normalized.starts_with('/') && !normalized.starts_with("//");
  if (!is_path) return normalized;
  return normalize_url(std::string(endpoint.substr(0, begin_of_path(endpoint))) + normalized);
}

}  // namespace azrestored
