#include "config/setting_forms.hpp"

#include <algorithm>
#include <optional>

#include "config/listen_address.hpp"
#include "core/azure/arm_id.hpp"
#include "core/azure/arm_id_hint.hpp"
#include "core/base/pasted_text.hpp"
#include "core/base/text.hpp"
#include "core/http/url.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_letter(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
}

bool is_host(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) {  // an IPv6 address
    text = text.substr(1, text.size() - 2);
    return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  }
  return !text.empty() && is_name_letter(text.front()) && std::ranges::all_of(text, is_name_letter);
}

struct ServiceAddress {
  bool is_secure;
  std::string_view host;
};

/// nullopt unless the text is "http[s]://host[:port]".
std::optional<ServiceAddress> url_of(std::string_view text) {
  const bool is_secure = istarts_with(text, "https://");
  if (!is_secure && !istarts_with(text, "http://")) return std::nullopt;
  text.remove_prefix(text.find("//") + 2);
  const auto host_end = text.starts_with('[') ? text.find(']') : 0;
  const auto colon = text.find(':', host_end == std::string_view::npos ? 0 : host_end);
  if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return std::nullopt;
  const auto host = text.substr(0, colon);
  if (!is_host(host)) return std::nullopt;
  return ServiceAddress{is_secure, host};
}

bool is_address_below(std::string_view host, std::string_view network) {
  return host.starts_with(network) && std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; });
}

bool is_loopback(std::string_view host) {
  return iequals(host, "localhost") || host == "[::1]" || is_address_below(host, "127.");
}

constexpr std::string_view identity_types[] = {"Microsoft.ManagedIdentity/userAssignedIdentities"};

/// Suggests the URL with https and without the part after host and port, if that is a valid URL.
std::string url_hint(std::string_view text, bool (*is_good)(std::string_view)) {
  const auto scheme_end = text.find("://");
  const std::string_view rest = scheme_end == std::string_view::npos ? text : text.substr(scheme_end + 3);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  const bool is_web = scheme_end == std::string_view::npos || istarts_with(text, "http");
  const bool has_scheme = scheme_end != std::string_view::npos;
  for (const std::string& meant :
       {has_scheme ? std::string(text.substr(0, scheme_end + 3)).append(host) : "", "https://" + std::string(host)}) {
    if (is_web && is_good(meant) && !meant.empty()) return "; write " + in_quotes(meant);
  }
  return "";
}

}  // namespace

bool is_service_url(std::string_view text) {
  const auto url = url_of(text);
  return url && (url->is_secure || is_loopback(url->host));
}

bool is_optional_service_url(std::string_view text) {
  return text.empty() || is_service_url(text);
}

bool is_identity_url(std::string_view text) {
  const auto url = url_of(text);
  return url && (url->is_secure || is_loopback(url->host) || is_address_below(url->host, "169.254."));
}

bool is_api_version(std::string_view text) {
  constexpr std::string_view form = "0000-00-00";
  if (text.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == '-' ? text[i] != '-' : !is_digit(text[i])) return false;
  }
  const std::string_view suffix = text.substr(form.size());
  return suffix.empty() || (suffix.size() > 1 && suffix.front() == '-' && std::ranges::all_of(suffix, is_name_letter));
}

bool is_directory_name(std::string_view text) {
  return std::ranges::all_of(text, is_name_letter);
}

bool is_identity_id(std::string_view text) {
  const auto id = ArmId::parse(text);
  return text.empty() || (id && iequals(id->type, identity_types[0]) && !hidden_character(text));
}

bool is_absolute_path(std::string_view text) {
  return text.starts_with('/') && text.find('\0') == std::string_view::npos;
}

bool is_optional_path(std::string_view text) {
  return text.empty() || is_absolute_path(text);
}

bool is_optional_secret_path(std::string_view text) {
  if (!text.starts_with(credentials_prefix)) return is_optional_path(text);
  const std::string_view name = text.substr(credentials_prefix.size());
  const auto is_fit = [](char c) { return is_name_letter(c) || c == '_'; };
  return !name.empty() && name != "." && name != ".." && std::ranges::all_of(name, is_fit);
}

bool is_optional_listen_address(std::string_view text) {
  return text.empty() || ListenAddress::parse(text).has_value();
}

bool is_socket_path(std::string_view text) {
  constexpr std::size_t longest = 107;  // sockaddr_un::sun_path without its final NUL
  return is_absolute_path(text) && text.size() <= longest;
}

std::string service_url_hint(std::string_view text) {
  return url_hint(text, is_service_url);
}

std::string identity_url_hint(std::string_view text) {
  return url_hint(text, is_identity_url);
}

std::string identity_id_hint(std::string_view text) {
  return id_hint(text, identity_types);
}

std::string path_hint(std::string_view text) {
  const auto scheme_end = text.find("://");
  const std::string_view path = scheme_end == std::string_view::npos ? "" : text.substr(scheme_end + 3);
  if (is_absolute_path(path)) return "; write " + in_quotes(path);
  return is_absolute_path(text) ? "" : "; write the whole path, beginning with /";
}

std::string secret_file_hint(std::string_view) {
  return "; put the secret into a file of its own and give its path here";
}

}  // namespace azrestored
