// Splits absolute URLs into the parts that a connection and a request line need. Pure.
// The target keeps every byte. ARM signs the URLs that it returns, with raw ';' in their paths and up to 8 KB of query
// (azure-backup-api.md 4.2, 13 (7)); decoding and encoding would change them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

struct Url {
  bool tls = true;
  std::string host;       // lower case, without the brackets of an IPv6 address
  std::string port;       // "443" and "80" filled in
  std::string authority;  // as written in the URL; the value of the Host header
  std::string target;     // path and query, verbatim; "/" when there is no path

  /// "management.azure.com:443", for messages.
  [[nodiscard]] std::string place() const;
  /// Equal for all URLs that one kept-alive connection can serve.
  [[nodiscard]] std::string origin() const;
};

/// "443": a whole number from 1 to 65535, without a sign.
bool is_port(std::string_view text);

/// nullopt for what is not an absolute http or https URL of visible ASCII. A user name before the host is refused too:
/// nobody needs it here, and "https://management.azure.com@elsewhere/" is how a token is led astray.
std::optional<Url> split_url(std::string_view url);

}  // namespace azrestored
